// MiniSearch over titles, headings, answers and the first words of each article.

import { engine } from "./minisearch.mjs";

export const { build, open } = engine(300, {
  fuzzy: (term) => (term.length > 3 ? 1 : false),
  weights: { fuzzy: 0.2, prefix: 0.3 },
  bm25: { k: 1.2, b: 0.6, d: 0.3 },
});
