// Spelling: the words that somebody may have meant who typed another one, as kbgen/search/spelling.py finds them.

const [SHORTEST, LONG, CHOICES] = [4, 8, 3];

/** The likeliest of the known words, each with how many slips it is away; `others` are known words, too. */
export function meant(word, counts, others) {
  if (word.length < SHORTEST) return [];
  const most = word.length >= LONG ? 2 : 1;
  const bits = letters(word);
  const near = new Map();
  const look = (known) => {
    if (Math.abs(known.length - word.length) > most || bitCount(letters(known) ^ bits) > 2 * most) return;
    const slips = distance(word, known, most);
    if (slips <= most) near.set(known, slips);
  };
  for (const known of counts.keys()) look(known);
  for (const known of others) look(known);
  near.delete(word);
  const order = (a, b) =>
    near.get(a) - near.get(b) ||
    (a[0] !== word[0]) - (b[0] !== word[0]) ||
    (counts.get(b) || 0) - (counts.get(a) || 0) ||
    (a < b ? -1 : 1);
  return [...near.keys()].sort(order).slice(0, CHOICES).map((known) => [known, near.get(known)]);
}

/** Which characters stand in a word, one bit for each of 32 classes: unlike words differ in many. */
function letters(word) {
  let bits = 0;
  for (let n = 0; n < word.length; n++) bits |= 1 << (word.charCodeAt(n) & 31);
  return bits;
}

function bitCount(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/** Letters left out, added, mistaken or swapped (optimal string alignment, Damerau 1964), counted up to `most`. */
export function distance(one, other, most) {
  let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= one.length; i++) {
    const twice = before;
    before = row;
    row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, twice[j - 2] + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
  }
  return row[other.length];
}
