// The words of a text, for engines that bring no language of their own.

import { stemmer } from "stemmer";

export const STOP = new Set(
  ("a about an and are as at be but by can could did do does for from had has have how i if in into is it its me my no not of " +
    "on or our should so such that the their then there these they this to was we were what when where which who why will " +
    "with would you your").split(" "),
);

/** The stem of a word in lower case; nothing for a word without a meaning of its own. */
export function stem(word) {
  const low = word.toLowerCase();
  return STOP.has(low) ? null : stemmer(low);
}
