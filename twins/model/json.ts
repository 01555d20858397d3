import type { Node, ParseError } from "jsonc-parser";
import { parseTree, printParseErrorCode } from "jsonc-parser";
import type { Problem } from "./result.ts";
import type { Origin, Pair, Size, TwinProblemCode } from "./schema.ts";
import type { LocalText } from "./twin.ts";

/** One JSON file being read: its text, for line numbers, and the list that collects what is wrong. */
export interface JsonSource {
  readonly file: string;
  readonly text: string;
  readonly problems: Problem[];
}

const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
};

/** Parses a file; a syntax error is a problem, and what could be read before and after it is still returned. */
export const parseJson = (source: JsonSource): Node | undefined => {
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined)
    source.problems.push({
      code: "twin-json-syntax" satisfies TwinProblemCode,
      message: `${source.file} is not valid JSON: ${printParseErrorCode(first.error)}`,
      tip: "Correct the syntax at this line; assets that could still be read are shown.",
      file: source.file,
      line: lineAt(source.text, first.offset),
    });
  return root;
};

const describe = (node: Node): string =>
  node.type === "object" || node.type === "array" ? node.type : `${JSON.stringify(node.value)}`;

interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/**
 * Reads the fields of one JSON object. A wrong field adds a problem with its line and makes `valid` false:
 * the caller then leaves that one asset out and goes on.
 */
export class ObjectReader {
  readonly origin: Origin;
  valid = true;
  #asset: string | undefined;
  readonly #source: JsonSource;
  readonly #fields = new Map<string, Node>();
  readonly #node: Node;
  readonly #seen = new Set<string>();

  constructor(source: JsonSource, node: Node, asset?: string) {
    this.#source = source;
    this.#node = node;
    this.#asset = asset;
    this.origin = { file: source.file, line: lineAt(source.text, node.offset) };
    if (node.type !== "object") this.fail("twin-field-type", `expected an object, found ${describe(node)}`);
    for (const property of node.type === "object" ? (node.children ?? []) : []) {
      const [key, value] = property.children ?? [];
      if (key && value) this.#fields.set(key.value as string, value);
    }
  }

  /** Names the asset in the problems found from here on. */
  about(asset: string): void {
    this.#asset = asset;
  }

  /** Adds a problem at a field (or at the object itself) and marks the object as invalid. */
  fail(code: TwinProblemCode, message: string, field?: string): void {
    this.valid = false;
    this.#report({ code, message, tip: "Correct this entry; it is left out until then." }, field);
  }

  has(name: string): boolean {
    this.#seen.add(name);
    return this.#fields.has(name);
  }

  string(name: string, pattern?: RegExp): string {
    const node = this.#typed(name, "string");
    const value = (node?.value as string | undefined) ?? "";
    if (node && pattern && !pattern.test(value))
      this.fail(
        "twin-field-range",
        `${name}: ${JSON.stringify(value)} does not match ${pattern.source}`,
        name,
      );
    return value;
  }

  number(name: string, limits: Limits = {}): number {
    const node = this.#typed(name, "number");
    return node ? this.#within(name, node.value as number, limits) : 0;
  }

  boolean(name: string): boolean {
    return this.#typed(name, "boolean")?.value === true;
  }

  /** `{"zh": …, "en": …}`. */
  text(name: string): LocalText {
    const inner = this.object(name);
    return inner
      ? this.#inherit(inner, { zh: inner.string("zh"), en: inner.string("en") })
      : { zh: "", en: "" };
  }

  pair(name: string, limits: Limits): Pair {
    const [a = 0, b = 0] = this.numbers(name, 2, limits);
    return [a, b];
  }

  size(name: string, limits: Limits): Size {
    const [a = 0, b = 0, c = 0] = this.numbers(name, 3, limits);
    return [a, b, c];
  }

  /** Numbers of an array, of exactly `length` when given. */
  numbers(name: string, length: number | null, limits: Limits): readonly number[] {
    const list = this.#typed(name, "array");
    const items = list?.children ?? [];
    const numbers = items.filter((item) => item.type === "number");
    if (list && (numbers.length !== items.length || (length ?? items.length) !== items.length))
      this.fail("twin-field-type", `${name}: expected ${length ?? "a list of"} numbers`, name);
    return numbers.map((item) => this.#within(name, item.value as number, limits));
  }

  /** Entries of an object whose values are all numbers. */
  numberMap(name: string): ReadonlyMap<string, number> {
    const inner = this.object(name);
    const map = new Map<string, number>();
    if (inner) for (const key of inner.#fields.keys()) map.set(key, inner.number(key));
    return inner ? this.#inherit(inner, map) : map;
  }

  strings(name: string): readonly { readonly value: string; readonly origin: Origin }[] {
    const items = this.#typed(name, "array")?.children ?? [];
    if (items.some((item) => item.type !== "string"))
      this.fail("twin-field-type", `${name}: expected a list of strings`, name);
    return items
      .filter((item) => item.type === "string")
      .map((item) => ({
        value: item.value as string,
        origin: { file: this.#source.file, line: lineAt(this.#source.text, item.offset) },
      }));
  }

  object(name: string): ObjectReader | undefined {
    const node = this.#typed(name, "object");
    return node && new ObjectReader(this.#source, node, this.#asset);
  }

  /** Readers of an array of objects; each is valid or not by itself. */
  objects(name: string): readonly ObjectReader[] {
    const items = this.#typed(name, "array")?.children ?? [];
    return items.map((item) => new ObjectReader(this.#source, item, this.#asset));
  }

  /** Readers of an object of objects, by key. */
  entries(name: string): readonly (readonly [string, ObjectReader])[] {
    const inner = this.object(name);
    return inner
      ? [...inner.#fields].map(([key, node]) => [key, new ObjectReader(this.#source, node, key)] as const)
      : [];
  }

  /** Reports fields nobody asked for (a misspelt option would else be lost in silence) and says whether to keep the object. */
  done(): boolean {
    for (const name of this.#fields.keys())
      if (!this.#seen.has(name) && name !== "comment")
        this.#report(
          {
            code: "twin-field-unknown",
            message: `${name} is no field of this entry and is ignored`,
            tip: "Check the spelling; docs/TWIN-DIRECTORY.md lists the fields.",
          },
          name,
        );
    return this.valid;
  }

  #inherit<T>(inner: ObjectReader, value: T): T {
    if (!inner.done()) this.valid = false;
    return value;
  }

  #typed(name: string, type: Node["type"]): Node | undefined {
    this.#seen.add(name);
    const node = this.#fields.get(name);
    if (node === undefined) {
      this.fail("twin-field-missing", `${name} is missing`);
      return undefined;
    }
    if (node.type === type) return node;
    this.fail("twin-field-type", `${name}: expected ${type}, found ${describe(node)}`, name);
    return undefined;
  }

  #within(name: string, value: number, { min = -Infinity, max = Infinity, integer = false }: Limits): number {
    if (!Number.isFinite(value) || value < min || value > max)
      this.fail("twin-field-range", `${name}: ${value} is outside ${min} … ${max}`, name);
    else if (integer && !Number.isInteger(value))
      this.fail("twin-field-type", `${name}: expected a whole number, found ${value}`, name);
    return value;
  }

  #report(problem: { code: TwinProblemCode; message: string; tip: string }, field?: string): void {
    const node = (field === undefined ? undefined : this.#fields.get(field)) ?? this.#node;
    this.#source.problems.push({
      ...problem,
      file: this.#source.file,
      line: lineAt(this.#source.text, node.offset),
      ...(this.#asset === undefined ? {} : { asset: this.#asset }),
    });
  }
}
