// MiniSearch over all text; its settings were chosen on the dev half of the queries.

import { engine } from "./minisearch.mjs";

export const { build, open } = engine(Infinity, {
  fuzzy: (term) => (term.length > 3 ? 0.25 : false),
  weights: { fuzzy: 0.2, prefix: 0.3 },
});
