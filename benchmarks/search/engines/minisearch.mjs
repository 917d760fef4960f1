// MiniSearch: an index made while building, and loaded whole by the reader.

import MiniSearch from "minisearch";
import { fields } from "./texts.mjs";
import { stem } from "./words.mjs";

const BOOST = { title: 4, headings: 2, answers: 3, text: 1 };
const OPTIONS = { idField: "article", fields: Object.keys(BOOST), storeFields: ["title"], processTerm: stem };

/** A last word that is still being typed. */
export const prefix = (term, place, terms) => place === terms.length - 1 && term.length > 2;

/** An engine over the first `most` characters of each article. */
export function engine(most, options) {
  return {
    build(documents) {
      const index = new MiniSearch(OPTIONS);
      index.addAll(documents.map((document) => fields(document, most)));
      return { "index.json": JSON.stringify(index) };
    },
    async open(read) {
      const index = MiniSearch.loadJSON(await read("index.json"), OPTIONS);
      return (query, limit) =>
        index
          .search(query, { boost: BOOST, prefix, ...options })
          .slice(0, limit)
          .map((hit) => hit.id);
    },
  };
}
