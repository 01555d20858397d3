import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readAliases } from "#twins/model/aliases.ts";
import type { Problem } from "#twins/model/result.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** What was read of an alias file, or why it could not be. */
export interface AliasFile {
  readonly file: string;
  readonly text: string;
  readonly problem: Problem | null;
}

/** Reads alias files (`--aliases FILE`: lines of a plant's name and an asset id); one that cannot be read is a problem. */
export const readAliasFiles = (paths: readonly string[]): Promise<readonly AliasFile[]> =>
  Promise.all(
    paths.map(async (path) => {
      const file = basename(path);
      try {
        return { file, text: await readFile(path, "utf8"), problem: null };
      } catch (error) {
        const why = (error as NodeJS.ErrnoException).code ?? String(error);
        const message = `${file} cannot be read (${why})`;
        const tip = "Check the path and its permissions.";
        return { file, text: "", problem: { code: "twin-file-missing", message, tip, file, line: 1 } };
      }
    }),
  );

/**
 * Adds alias files to a twin's own aliases. Where both have a name, the file counts: whoever names it on the command line
 * knows this plant. What is wrong in a file is a problem with its line; the rest holds.
 */
export const withAliases = (twin: Twin, files: readonly AliasFile[]): Twin => {
  if (files.length === 0) return twin;
  const problems: Problem[] = [];
  const added = new Map<string, AssetRef>();
  for (const { file, text, problem } of files) {
    if (problem) problems.push(problem);
    for (const [name, ref] of readAliases({ file, text }, twin, problems))
      if (!added.has(name)) added.set(name, ref);
  }
  return {
    ...twin,
    aliases: new Map([...twin.aliases, ...added]),
    problems: [...twin.problems, ...problems],
  };
};

/** Reads alias files and adds them to a twin's own aliases. */
export const withAliasFiles = async (twin: Twin, paths: readonly string[]): Promise<Twin> =>
  withAliases(twin, await readAliasFiles(paths));
