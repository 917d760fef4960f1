// Orama: an index made while building, without the texts themselves, and loaded whole by the reader.

import { create, insertMultiple, load, save, search } from "@orama/orama";
import { stemmer } from "@orama/stemmers/english";
import { stopwords } from "@orama/stopwords/english";
import { fields } from "./texts.mjs";

const BOOST = { title: 4, headings: 2, answers: 3, text: 1 };

const empty = () =>
  create({
    schema: Object.fromEntries(Object.keys(BOOST).map((name) => [name, "string"])),
    sort: { enabled: false },
    components: { tokenizer: { language: "english", stemming: true, stemmer, stopWords: stopwords } },
  });

export async function build(documents) {
  const index = empty();
  await insertMultiple(index, documents.map((document) => ({ id: document.article, ...fields(document) })), 500);
  const saved = save(index);
  for (const stored of Object.values(saved.docs.docs)) for (const name of ["text", "headings", "answers"]) delete stored[name];
  return { "index.json": JSON.stringify(saved) };
}

export async function open(read) {
  const index = empty();
  load(index, JSON.parse(await read("index.json")));
  return async (term, limit) => (await search(index, { term, limit, boost: BOOST, tolerance: 1 })).hits.map((hit) => hit.id);
}
