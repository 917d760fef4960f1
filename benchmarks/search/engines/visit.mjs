// What a reader's browser does: it loads an engine once, then asks it; times are in ms.

const base = new URL("./", location);
const read = async (name, kind = "text") => {
  const response = await fetch(new URL(name, base));
  return kind === "text" ? response.text() : new Uint8Array(await response.arrayBuffer());
};
let search;

export async function load() {
  const start = performance.now();
  const { open } = await import(new URL("reader.mjs", base));
  search = await open(read, base);
  return performance.now() - start;
}

export async function ask(queries, limit) {
  const answers = [];
  for (const query of queries) {
    const start = performance.now();
    const found = await search(query, limit);
    answers.push({ found, ms: performance.now() - start });
  }
  return answers;
}
