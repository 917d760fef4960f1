// kbgen: what its search field asks while somebody types, given what `kbgen_index.py` has written.

import { openIndex } from "../../../../theme/assets/kbgen/search-engine.js";

export async function open(read) {
  const index = await openIndex("en", read);
  return async (query, limit) => (await index.search(query, { limit, typing: true })).hits.map((hit) => hit.article);
}
