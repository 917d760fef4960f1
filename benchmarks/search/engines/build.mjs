// usage: node build.mjs ENGINE DOCUMENTS FOLDER - writes what the engine's reader asks for.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const [name, documents, folder] = process.argv.slice(2);
const { build } = await import(`./${name}.mjs`);
const files = await build(JSON.parse(await readFile(documents, "utf8")));
for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
