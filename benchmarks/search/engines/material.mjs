// Material for MkDocs: its own worker with lunr, given the index that its plugin writes; the reader's browser indexes.

const CONFIG = {
  lang: ["en"],
  separator: "[\\s\\-]+",
  pipeline: ["stopWordFilter"],
  fields: { title: { boost: 1000 }, text: { boost: 1 }, tags: { boost: 1000000 } },
};
const [SETUP, , QUERY] = [0, 1, 2];

export function build(documents) {
  const docs = documents.flatMap(sections);
  return { "search_index.json": JSON.stringify({ config: CONFIG, docs }) };
}

/** The page with its first part, then a section for each other part. */
function sections({ article, title, description, answers, parts }) {
  const [first, ...rest] = parts.length && !parts[0].heading ? parts : [{ text: "" }, ...parts];
  const lines = [description, ...answers, first.text].filter(Boolean);
  return [
    { location: article, title: escaped(title), text: escaped(lines.join("\n")) },
    ...rest.map(({ anchor, heading, text }, number) => ({
      location: `${article}#${anchor || number}`,
      title: escaped(heading || title),
      text: escaped(text),
    })),
  ];
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export async function open(read, base) {
  const worker = new Worker(new URL("worker.js", base));
  await said(worker, SETUP, { ...JSON.parse(await read("search_index.json")), options: { suggest: false } });
  return async (query, limit) => {
    const { items } = await said(worker, QUERY, query);
    return items.slice(0, limit).map(([best]) => best.location.split("#")[0]);
  };
}

/** What the worker answers to a message. */
function said(worker, type, data) {
  return new Promise((resolve) => {
    worker.onmessage = (event) => resolve(event.data.data);
    worker.postMessage({ type, data });
  });
}
