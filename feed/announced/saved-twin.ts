import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { EditProblem } from "#feed/contract/edit.ts";
import { makeFolder } from "#feed/make-folder.ts";
import type { AnnouncedEdit } from "#twins/announced/announced.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import type { TwinFiles } from "#twins/model/twin.ts";

/** What marks a directory as one that we wrote; holds the edits, so that they are there after a restart. */
const markName = "announced.json";
const markKind = "horinger-announced-twin";

const mark = z.object({
  kind: z.literal(markKind),
  files: z.array(z.string()),
  edits: z.array(
    z.object({
      id: z.string(),
      name: z.object({ zh: z.string(), en: z.string() }).optional(),
      at: z.tuple([z.number(), z.number()]).optional(),
      yawDeg: z.number().optional(),
    }),
  ),
});

/** A file of a twin directory that we write: no way out of the directory, and nothing hidden. */
const plainName = /^(?:[a-z0-9][a-z0-9_-]*\/)*[a-z0-9][a-z0-9_-]*\.(?:json|csv)$/;

/** The directory that an announced campus is saved to, and taken up from. */
export interface SavedTwin {
  /** Edits saved before; none when the directory is new. */
  read(): Promise<Result<readonly AnnouncedEdit[]>>;
  /**
   * Writes the twin, each file under another name first and then in one step to its own; `twin.json` comes after the
   * files it names. Removes what it wrote before and no longer needs. Touches nothing else, and nothing outside.
   */
  write(
    files: TwinFiles,
    edits: readonly AnnouncedEdit[],
  ): Promise<Result<{ directory: string; files: number }>>;
}

const problem = (code: EditProblem["code"], message: string, tip: string): EditProblem => ({
  code,
  message,
  tip,
});

const foreign = (directory: string): EditProblem =>
  problem(
    "save-foreign",
    `${directory} holds something that is no twin directory of ours`,
    "Give an empty directory, or one that was saved from here before.",
  );

const failed = (error: unknown): EditProblem =>
  problem(
    "save-failed",
    error instanceof Error ? error.message : String(error),
    "Check that the directory can be written to.",
  );

type Mark = z.infer<typeof mark>;

/** The mark of a directory of ours; null where there is nothing yet. */
const readMark = async (directory: string): Promise<Result<Mark | null>> => {
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return ok(null);
    return err(failed(error));
  }
  if (names.length === 0) return ok(null);
  try {
    const read = mark.safeParse(JSON.parse(await readFile(join(directory, markName), "utf8")));
    return read.success ? ok(read.data) : err(foreign(directory));
  } catch {
    return err(foreign(directory));
  }
};

const replaceFile = async (path: string, text: string): Promise<void> => {
  makeFolder(dirname(path));
  const next = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await writeFile(next, text, { flag: "wx" });
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
};

/** Files before those that name them: whoever reads in between sees the old campus or the new one. */
const writingOrder = (names: readonly string[]): readonly string[] =>
  names.toSorted((a, b) => Number(a === "twin.json") - Number(b === "twin.json"));

export const createSavedTwin = (directory: string): SavedTwin => ({
  read: async () => {
    const found = await readMark(directory);
    return found.ok ? ok((found.value?.edits ?? []) as readonly AnnouncedEdit[]) : found;
  },
  write: async (files, edits) => {
    const found = await readMark(directory);
    if (!found.ok) return found;
    const names = Object.keys(files).filter((name) => name !== markName);
    const odd = names.find((name) => !plainName.test(name));
    if (odd !== undefined) throw new Error(`${odd} is no name for a file of a twin directory`);
    try {
      const known = (found.value?.files ?? []).filter((name) => plainName.test(name));
      const writeMark = (listed: readonly string[]): Promise<void> => {
        const contents = { kind: markKind, files: listed, edits };
        return replaceFile(join(directory, markName), `${JSON.stringify(contents, null, 2)}\n`);
      };
      // The mark first: a directory that was left half written is still known as ours, with all that is in it.
      await writeMark([...new Set([...known, ...names])]);
      for (const name of writingOrder(names)) await replaceFile(join(directory, name), files[name]!);
      for (const name of known) if (!names.includes(name)) await rm(join(directory, name), { force: true });
      await writeMark(names);
      return ok({ directory, files: names.length + 1 });
    } catch (error) {
      return err(failed(error));
    }
  },
});
