import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { TwinFiles } from "#twins/model/twin.ts";

/** Where the built-in campus lies beside this source tree. */
const horingerDirectory = fileURLToPath(new URL("../twins/horinger/", import.meta.url));

/** Folder of a twin directory that holds scenarios. */
const scenarioFolder = "scenarios";

/** Folder of the scenarios that ship with the product. */
export const builtInScenarios = join(horingerDirectory, scenarioFolder);

/** Names of the built-in scenarios, by alphabet. */
const builtInScenarioNames = async (): Promise<readonly string[]> =>
  (await readdir(builtInScenarios))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();

/** The file of a built-in scenario; null where there is none of that name. */
export const builtInScenario = async (name: string): Promise<string | null> =>
  (await builtInScenarioNames()).includes(name) ? join(builtInScenarios, `${name}.json`) : null;

/** Larger files are no part of a twin description; reading them would only delay the error. */
const maxFileBytes = 16 * 1024 * 1024;

/**
 * Reads the `.json` and `.csv` files of a twin directory (links are not followed), by relative path with `/`, unparsed:
 * `loadTwin` reports what is wrong in them, by line.
 * @param directory null for the built-in Horinger campus.
 * @throws the file system's error when the directory itself cannot be read.
 */
export const readTwinDirectory = async (directory: string | null): Promise<TwinFiles> => {
  const root = directory ?? horingerDirectory;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  const wanted = entries
    .filter((entry) => entry.isFile() && /\.(json|csv)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    // What may happen to a campus is no part of it.
    .filter((path) => !relative(root, path).startsWith(`${scenarioFolder}${sep}`))
    .sort();
  for (const path of wanted) {
    const bytes = await readFile(path);
    if (bytes.byteLength <= maxFileBytes)
      files[relative(root, path).split(sep).join("/")] = bytes.toString("utf8");
  }
  return files;
};
