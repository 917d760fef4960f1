// The passage: the stretch of an article's text that has most of a query, with the words of the query marked.
import { folded, LONGEST } from "./search-words.js";

const [LENGTH, BEFORE, LOOKED_AT] = [180, 50, 40];

/** Pieces of text, each with whether it is marked; `meant` numbers the words of the query by how articles write them. */
export function passage(text, meant) {
  const found = [];
  const isPlain = /^[\0-\x7f]*$/.test(text);
  for (const token of text.matchAll(isPlain ? /[a-zA-Z0-9]+/g : /[\p{L}\p{N}]+/gu)) {
    const forms = isPlain && token[0].length <= LONGEST ? [token[0].toLowerCase()] : folded(token[0]);
    const word = forms.find((each) => meant.has(each));
    if (word !== undefined) found.push([token.index, token.index + token[0].length, meant.get(word)]);
  }
  const [start, end] = stretch(text, densest(found));
  const pieces = start ? [["… ", false]] : [];
  let place = start;
  for (const [from, to] of found) {
    if (from < start || to > end) continue;
    pieces.push([text.slice(place, from), false], [text.slice(from, to), true]);
    place = to;
  }
  pieces.push([text.slice(place, end) + (end < text.length ? " …" : ""), false]);
  return pieces.filter(([piece]) => piece);
}

/** Where the stretch with the most different words begins; 0 without any. */
function densest(found) {
  let [best, most] = [0, 0];
  found.forEach(([from], place) => {
    const near = found.slice(place, place + LOOKED_AT).filter(([, to]) => to <= from + LENGTH - BEFORE);
    const different = new Set(near.map(([, , number]) => number)).size;
    if (different > most) [best, most] = [from, different];
  });
  return best;
}

/** From where to where a passage around a place goes, cut between words where there are any. */
function stretch(text, first) {
  let start = 0;
  if (first > BEFORE) {
    const space = text.slice(first - BEFORE, first).indexOf(" ");
    start = space < 0 ? first : first - BEFORE + space + 1;
  }
  if (start + LENGTH >= text.length) return [start, text.length];
  const end = first + text.slice(first, start + LENGTH).lastIndexOf(" ");
  return [start, end > first ? end : start + LENGTH];
}
