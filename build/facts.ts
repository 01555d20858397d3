import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { factsDocument } from "./facts-document.ts";

/** `npm run facts`: writes docs/FACTS.md from the facts of the built-in campus. */
const root = join(import.meta.dirname, "..");
const twin = loadTwin(await readTwinDirectory(join(root, "twins", "horinger")));
await writeFile(join(root, "docs", "FACTS.md"), factsDocument(twin));
