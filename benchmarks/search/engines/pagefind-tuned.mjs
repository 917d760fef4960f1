// Pagefind with weights, and without words that mean nothing: it finds only pages that hold all words.

import { opened } from "./pagefind.mjs";
import { STOP } from "./words.mjs";

const RANKING = { termFrequency: 0.5, pageLength: 0.5, metaWeights: { title: 8, headings: 2, answers: 3 } };

export async function open(_, base) {
  const search = await opened(base, { ranking: RANKING });
  return (query, limit) => search(meant(query), limit);
}

function meant(query) {
  const words = query.split(/\s+/).filter((word) => !STOP.has(word.toLowerCase()));
  return words.length ? words.join(" ") : query;
}
