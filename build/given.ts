import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "#twins/model/result.ts";
import { type OptionName, specOf } from "./option-table.ts";

/** Options as they were given: a switch, or the values in their order, each list of words taken apart. */
export type Given = Partial<Record<OptionName, true | readonly string[]>>;

/** Thrown and caught among the option files alone: their caller gets a `Result`. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(message: string, tip: string) {
    super(message);
    this.problem = { code: "option", message, tip };
  }
}

export const seeHelp = "npm start -- --help lists every option.";

/** The values of an option that was given so; those of a list of words one by one. */
export const valuesOf = (name: OptionName, written: readonly string[]): readonly string[] =>
  specOf(name).commas ? written.flatMap((words) => words.split(",").map((word) => word.trim())) : written;

export const list = (given: Given, name: OptionName): readonly string[] => {
  const value = given[name];
  return Array.isArray(value) ? value : [];
};

export const text = (given: Given, name: OptionName): string | null => list(given, name)[0] ?? null;

/** A number in [low, high], or null when the option is absent. Whole, where it has to be: where `low` is, unless said. */
export const number = (
  given: Given,
  name: OptionName,
  range: readonly [low: number, high: number],
  whole = Number.isInteger(range[0]),
): number | null => {
  const written = text(given, name);
  if (written === null) return null;
  const value = Number(written);
  const [low, high] = range;
  if (written.trim() === "" || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
    throw new Refusal(
      `--${name} ${written}: out of range.`,
      `Use a ${whole ? "whole " : ""}number from ${low} to ${high}.`,
    );
  return value;
};

const why = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** No certificate, mapping, alias or configuration file comes near. */
const sizeLimitBytes = 64 * 1024 * 1024;

export const readText = (name: OptionName, file: string, folder: string): string => {
  const path = resolve(folder, file);
  try {
    const facts = statSync(path);
    // A device or a pipe may never end, and a feed reads its files again whenever it starts.
    if (!facts.isFile()) throw new Refusal(`--${name} ${file} is no ordinary file.`, "Name a file.");
    if (facts.size > sizeLimitBytes)
      throw new Refusal(
        `--${name} ${file} is over ${sizeLimitBytes >> 20} MiB.`,
        "Check that it is the right file.",
      );
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `--${name} ${file} cannot be read (${why(error)}).`,
      "Check the path and its permissions.",
    );
  }
};

/** Absolute path of a file that can be read. */
export const readableFile = (name: OptionName, file: string, folder: string): string => {
  readText(name, file, folder);
  return resolve(folder, file);
};

/** Absolute path of a folder that can be read. */
export const readableFolder = (name: OptionName, path: string, folder: string): string => {
  try {
    readdirSync(resolve(folder, path));
  } catch (error) {
    throw new Refusal(
      `--${name} ${path} cannot be read as a folder (${why(error)}).`,
      "Check the path and its permissions; docs/TWIN-DIRECTORY.md says what belongs into it.",
    );
  }
  return resolve(folder, path);
};

/** Absolute path of a folder that is there or can be made, with what is in it or will be. */
export const writableFolder = (name: OptionName, path: string, folder: string): string => {
  const wanted = resolve(folder, path);
  for (let at = wanted; ; at = resolve(at, "..")) {
    try {
      readdirSync(at);
      accessSync(at, constants.W_OK | constants.X_OK);
      return wanted;
    } catch (error) {
      if (why(error) === "ENOENT" && at !== resolve(at, "..")) continue;
      throw new Refusal(
        `--${name} ${path} cannot be written to (${why(error)} at ${at}).`,
        "Name a folder that you may write to, or one that can be made.",
      );
    }
  }
};
