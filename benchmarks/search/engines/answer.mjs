// usage: node answer.mjs FOLDER QUERIES LIMIT - prints, for each query of a JSON list, the articles that are found.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "./worker.mjs";

const [folder, queries, limit] = process.argv.slice(2);
const base = pathToFileURL(`${resolve(folder)}/`);
const read = async (name, kind = "text") => {
  const bytes = await readFile(new URL(name, base));
  return kind === "text" ? bytes.toString() : bytes;
};
globalThis.Worker = Worker;
const { open } = await import(new URL("reader.mjs", base));
const search = await open(read, base);
const found = [];
for (const query of JSON.parse(await readFile(queries, "utf8"))) found.push(await search(query, Number(limit)));
console.log(JSON.stringify(found));
