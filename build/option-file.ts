import { dirname, resolve } from "node:path";
import { type ParseError, parse as parseJsonc, printParseErrorCode } from "jsonc-parser";
import { type Given, list, Refusal, readText, seeHelp, valuesOf } from "./given.ts";
import { brokerOptions, type OptionName, specOf } from "./option-table.ts";

/** A configuration file: options by their names, and brokers that differ in more than their address. */
export interface OptionFile {
  readonly given: Given;
  /** Each with the options of one broker; null where the file does not list any. */
  readonly brokers: readonly Given[] | null;
}

/** Where a file is, and how an option's name is checked. */
interface Place {
  readonly file: string;
  /** Paths in the file start here. */
  readonly folder: string;
  readonly nameOf: (key: string, written: string) => OptionName;
}

/**
 * Reads a configuration file.
 * @param folder where `file` starts
 * @param nameOf the option of that name, or a refusal that quotes what was written
 * @throws Refusal
 */
export const readOptionFile = (file: string, folder: string, nameOf: Place["nameOf"]): OptionFile => {
  const errors: ParseError[] = [];
  const content: unknown = parseJsonc(readText("config", file, folder), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first || !isObject(content)) {
    const why = first ? `${printParseErrorCode(first.error)} at character ${first.offset}` : "no JSON object";
    throw new Refusal(`${file}: ${why}.`, "npm start -- --print-config prints a file to start from.");
  }
  const place = { file, folder: resolve(folder, dirname(file)), nameOf };
  const { brokers, ...options } = content;
  return {
    given: optionsOf(options, place),
    brokers: brokers === undefined ? null : brokerList(brokers, place),
  };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const optionsOf = (content: Record<string, unknown>, place: Place): Given => {
  const given: Given = {};
  for (const [key, value] of Object.entries(content)) {
    const name = place.nameOf(key, `"${key}" in ${place.file}`);
    if (specOf(name).commandLineOnly) throw new Refusal(`"${key}" cannot stand in ${place.file}.`, seeHelp);
    const words = read(name, value, place);
    if (words !== null) given[name] = words;
  }
  return given;
};

const isWord = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

const read = (name: OptionName, value: unknown, place: Place): true | readonly string[] | null => {
  const spec = specOf(name);
  const refuse = (wanted: string): never => {
    throw new Refusal(`"${name}" in ${place.file} must be ${wanted}.`, seeHelp);
  };
  if (spec.value === null) {
    if (typeof value !== "boolean") return refuse("true or false");
    return value || null;
  }
  const words = Array.isArray(value) && spec.many ? value : [value];
  if (!words.every(isWord)) return refuse(spec.many ? "a text, or a list of texts" : "a text or a number");
  return valuesOf(name, words.map(String)).map((word) => fromFile(name, word, place.folder));
};

/** A path in the file starts at the file, wherever the product is started from. */
const fromFile = (name: OptionName, word: string, folder: string): string => {
  if (name === "wire" && word.startsWith("json:"))
    return `json:${resolve(folder, word.slice("json:".length))}`;
  if (name === "twin" && word === "announced") return word;
  return /^(FILE|DIR)/.test(specOf(name).value ?? "") ? resolve(folder, word) : word;
};

const brokerList = (content: unknown, place: Place): readonly Given[] => {
  const tip = "docs/CONNECTION.md shows a file with several brokers.";
  if (!Array.isArray(content) || content.length === 0 || !content.every(isObject))
    throw new Refusal(`"brokers" in ${place.file} must be a list of objects.`, tip);
  return content.map((entry) => {
    const given = optionsOf(entry, place);
    const foreign = Object.keys(given).find((name) => !brokerOptions.some((each) => each === name));
    if (foreign) throw new Refusal(`"${foreign}" in ${place.file} is not an option of one broker.`, tip);
    if (list(given, "mqtt").length !== 1)
      throw new Refusal(`A broker in ${place.file} needs one "mqtt" with its address.`, tip);
    return given;
  });
};
