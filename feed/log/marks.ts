import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import type { MarkEdit, Marks } from "#feed/contract/replay.ts";
import { makeFolder } from "#feed/make-folder.ts";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { stampOf } from "./file-name.ts";
import type { Log } from "./log.ts";
import { foldMarks, isSound, type MarkLine, parseMarkLine } from "./mark-line.ts";

/** In a recording's folder. One folder is one recording (docs/LOG-FORMAT.md §9). */
export const marksName = "horinger-marks.jsonl";

export interface MarkPlaces {
  /** Marks stand here, where that can be written; null for a recording that has no folder. */
  readonly inLog: string | null;
  /** And here where it cannot. Its folder is made. */
  readonly beside: string;
}

export interface MarkOptions {
  readonly nowMs?: () => number;
  /** Tests let it fail. */
  readonly append?: (path: string, text: string) => void;
}

/** Bytes of the first file that tell one recording from another. */
const headBytes = 64 * 1024;

/** Where marks of a log stand. @param own folder of ours for those of recordings that cannot be written to */
export const placesOf = ({ files, startMs }: Log, own: string): MarkPlaces => {
  const first = files[0]!;
  const sum = crc32(first.bytes.read(0, headBytes)).toString(16).padStart(8, "0");
  return {
    inLog: join(dirname(first.path), marksName),
    beside: join(own, `${stampOf(startMs)}-${sum}.marks.jsonl`),
  };
};

const refusals = ["EACCES", "EPERM", "EROFS"];

/**
 * Bookmarks and notes of one recording, as a journal: a line an edit, appended, nothing ever rewritten. Many may edit at
 * the same time, in one process or several, and a file that somebody damaged keeps all its bytes.
 */
export class MarkStore {
  readonly #places: MarkPlaces;
  readonly #nowMs: () => number;
  readonly #append: (path: string, text: string) => void;
  /** The log's folder refused. */
  #isBeside: boolean;

  constructor(places: MarkPlaces, { nowMs = Date.now, append = appendSynced }: MarkOptions = {}) {
    this.#places = places;
    this.#nowMs = nowMs;
    this.#append = append;
    this.#isBeside = places.inLog === null || !isWritable(places.inLog);
  }

  /** All marks in the order of their times; with what of the journal could not be read. */
  read(): Marks {
    const problems: Problem[] = [];
    const { inLog, beside } = this.#places;
    // What was said beside a log came after what stands in it.
    const lines = [inLog, beside].flatMap((path) => (path ? readJournal(path, problems) : []));
    const kept = this.#isBeside ? "beside" : "log";
    return { marks: foldMarks(lines), kept, ...(problems.length > 0 && { problems }) };
  }

  /** Adds, changes or removes a mark, and syncs that to the disk. To change what somebody removed is no error. */
  edit(edit: MarkEdit): Result<Marks> {
    const atMs = this.#nowMs();
    const line: MarkLine =
      "add" in edit ? { add: { id: randomUUID(), ...edit.add, madeMs: atMs } } : { ...edit, atMs };
    if (!isSound(line))
      return err({
        code: "mark-unsound",
        message: "expected a text, and a time before another one",
        tip: "Shorten the text, or choose another range.",
      });
    const problem = this.#write(`${JSON.stringify(line)}\n`);
    return problem ? err(problem) : ok(this.read());
  }

  /** Removed and changed marks of the log are told in the same journal as new ones: beside it, if need be. */
  #write(text: string): Problem | null {
    const { inLog, beside } = this.#places;
    try {
      if (!this.#isBeside) {
        this.#append(inLog!, text);
        return null;
      }
    } catch (error) {
      if (!refusals.includes(codeOf(error))) return unwritten(inLog!, error);
      this.#isBeside = true;
    }
    try {
      makeFolder(dirname(beside));
      this.#append(beside, text);
      return null;
    } catch (error) {
      return unwritten(beside, error);
    }
  }
}

/** @throws when it is no error of the file system's */
const codeOf = (error: unknown): string => {
  if (error instanceof Error && "code" in error) return String(error.code);
  throw error;
};

const unwritten = (path: string, error: unknown): Problem => ({
  code: codeOf(error) === "ENOSPC" ? "mark-disk-full" : "mark-unwritten",
  message: `${path}: ${(error as Error).message}`,
  tip: "The mark is not kept: see to the disk and who may write there, then set it again.",
  file: path,
});

const isWritable = (path: string): boolean => {
  const may = (what: string): boolean | null => {
    try {
      accessSync(what, constants.W_OK);
      return true;
    } catch (error) {
      return codeOf(error) === "ENOENT" ? null : false;
    }
  };
  return may(path) ?? may(dirname(path)) ?? false;
};

const readJournal = (path: string, problems: Problem[]): readonly MarkLine[] => {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) !== "ENOENT")
      problems.push({
        code: "marks-unreadable",
        message: `${path}: ${(error as Error).message}`,
        tip: "Check the path and who may read it.",
        file: path,
      });
    return [];
  }
  const lines: MarkLine[] = [];
  const wrong: number[] = [];
  text.split("\n").forEach((each, i) => {
    if (each.trim() === "") return;
    const line = parseMarkLine(each);
    if (line) lines.push(line);
    else wrong.push(i + 1);
  });
  if (wrong.length > 0)
    problems.push({
      code: "marks-malformed",
      message: `${path}: ${wrong.length} lines are no marks, the first is line ${wrong[0]}`,
      tip: "The other marks are shown. The file is left as it is: mend the line, or leave it.",
      file: path,
      line: wrong[0]!,
    });
  return lines;
};

/** Appends, in a line of its own even where the last one was torn. One write: others' lines are not torn apart by it. */
const appendSynced = (path: string, text: string): void => {
  const file = openSync(path, "a+");
  try {
    const { size } = fstatSync(file);
    const last = new Uint8Array(1);
    const isTorn = size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    writeSync(file, isTorn ? `\n${text}` : text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
