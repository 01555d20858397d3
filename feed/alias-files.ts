import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readAliases } from "#twins/model/aliases.ts";
import type { Problem } from "#twins/model/result.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/**
 * Adds alias files (`--aliases FILE`: lines of a plant's name and an asset id) to a twin's own. Where both have a name,
 * the file counts: whoever names it on the command line knows this plant. What is wrong in a file is a problem with its
 * line, and a file that cannot be read is one too; the rest holds.
 */
export const withAliasFiles = async (twin: Twin, files: readonly string[]): Promise<Twin> => {
  if (files.length === 0) return twin;
  const problems: Problem[] = [];
  const added = new Map<string, AssetRef>();
  for (const path of files) {
    const file = basename(path);
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      const tip = "Check the path and its permissions.";
      problems.push({
        code: "twin-file-missing",
        message: `${file} cannot be read (${why})`,
        tip,
        file,
        line: 1,
      });
      return "";
    });
    for (const [name, ref] of readAliases({ file, text }, twin, problems))
      if (!added.has(name)) added.set(name, ref);
  }
  return {
    ...twin,
    aliases: new Map([...twin.aliases, ...added]),
    problems: [...twin.problems, ...problems],
  };
};
