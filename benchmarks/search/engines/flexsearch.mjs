// FlexSearch: a document index made while building, and loaded whole by the reader. Its own English stemmer finds less.

import { Charset, Document, Encoder } from "flexsearch";
import { fields } from "./texts.mjs";
import { STOP } from "./words.mjs";

const BOOST = { title: 4, answers: 3, headings: 2, text: 1 };

const empty = () =>
  new Document({
    encoder: new Encoder(Charset.Normalize, { filter: STOP }),
    tokenize: "forward",
    document: { id: "id", index: Object.keys(BOOST) },
  });

export async function build(documents) {
  const index = empty();
  documents.forEach((document, id) => index.add({ ...fields(document), id }));
  const saved = {};
  await index.export((key, data) => (saved[key] = data));
  const shown = documents.map(({ article, title }) => ({ article, title }));
  return { "index.json": JSON.stringify({ saved, shown }) };
}

export async function open(read) {
  const { saved, shown } = JSON.parse(await read("index.json"));
  const index = empty();
  for (const [key, data] of Object.entries(saved)) await index.import(key, data);
  return (query, limit) => best(index.search(query, { limit: 100, suggest: true })).slice(0, limit).map((id) => shown[id].article);
}

/** Ids by their places in the fields, of which FlexSearch says nothing but the order. */
function best(results) {
  const scores = new Map();
  for (const { field, result } of results)
    result.forEach((id, place) => scores.set(id, (scores.get(id) ?? 0) + BOOST[field] / (place + 1)));
  return [...scores].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
