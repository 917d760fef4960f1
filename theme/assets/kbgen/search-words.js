// Words: the text of an article or of a query, cut and folded as kbgen/search/words.py does.

export const LONGEST = 32;
const WORD = /[\p{L}\p{N}]+/gu;
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const SPACELESS =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{2fa1f}]+/gu;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const ASCII = /^[\0-\x7f]*$/;

const first = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

/** The words of a text, in its order, with their accents. */
export function words(text) {
  if (ASCII.test(text)) return (text.toLowerCase().match(/[a-z0-9]+/g) || []).map(first);
  const plain = text.normalize("NFKC").toLowerCase().replace(/\p{M}/gu, "");
  return (plain.match(WORD) || []).flatMap(cut).map(first);
}

/** A word as it is compared: without accents, vowel points and letters that few keyboards have. */
export function fold(word) {
  if (ASCII.test(word)) return word;
  const bare = word.normalize("NFD").replace(ACCENTS, "");
  return bare.replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter]).normalize("NFC");
}

/** The folded words of a text. */
export const folded = (text) => words(text).map(fold);

function cut(word) {
  if (ASCII.test(word)) return [word];
  const pieces = [];
  let place = 0;
  for (const run of word.matchAll(SPACELESS)) {
    if (place < run.index) pieces.push(word.slice(place, run.index));
    const characters = [...run[0]];
    if (characters.length === 1) pieces.push(run[0]);
    for (let n = 1; n < characters.length; n++) pieces.push(characters[n - 1] + characters[n]);
    place = run.index + run[0].length;
  }
  if (place < word.length) pieces.push(word.slice(place));
  return pieces;
}
