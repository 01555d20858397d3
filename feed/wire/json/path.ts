import { err, ok, type Result } from "#twins/model/result.ts";

/**
 * A place in a JSON message, compiled once (docs/JSON-WIRE.md, Paths): `$` begins at the message, `@` at the element
 * that `each` stands at, `^` at the element around that one, `^^` at the one around that.
 */
export interface JsonPath {
  readonly text: string;
  /** `message`, or how many elements up from the current one. */
  readonly from: "message" | number;
  readonly steps: readonly (string | number)[];
}

/** Every element of an array, or every member of an object. */
export const every = Symbol("[*]");

/** Path of `each`: from the message, through any number of `[*]`. */
export interface EachPath {
  readonly text: string;
  readonly steps: readonly (string | number | typeof every)[];
}

/** Where in a message a template stands: one mutable instance per intake. */
export interface Cursor {
  message: unknown;
  /** Elements from the outermost `[*]` to the current one; only the first `depth` count. */
  readonly elements: unknown[];
  /** Index or member name of each of them. */
  readonly keys: (string | number)[];
  depth: number;
}

export const createCursor = (): Cursor => ({ message: undefined, elements: [], keys: [], depth: 0 });

/** One step of a path: `.name`, `['any name']`, `["any name"]`, `[0]` or `[*]`; sticky. */
const step = /\.([^.[\]'"\s]+)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]/y;
const start = /^(?:\$|@|\^+)/;

type Step = string | number | typeof every;

const stepsOf = (text: string, from: number): Step[] | null => {
  const steps: Step[] = [];
  for (let at = from; at < text.length; ) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (!found) return null;
    const [, name, single, double, index] = found;
    if (index === "*") steps.push(every);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? (single ?? double ?? "").replace(/\\(.)/g, "$1"));
    at = step.lastIndex;
  }
  return steps;
};

const grammar = "expected a path such as $.data.value, @.tags['rack id'] or $.items[0].t";

/** Compiles a path to one value. */
export const compilePath = (text: string): Result<JsonPath, string> => {
  const head = start.exec(text)?.[0];
  const steps = head === undefined ? null : stepsOf(text, head.length);
  if (head === undefined || steps === null) return err(`${JSON.stringify(text)}: ${grammar}`);
  const single = steps.filter((each) => each !== every);
  if (single.length < steps.length) return err(`${JSON.stringify(text)}: [*] belongs in "each"`);
  return ok({ text, from: head === "$" ? "message" : head === "@" ? 0 : head.length, steps: single });
};

/** Compiles the path of `each`. */
export const compileEach = (text: string): Result<EachPath, string> => {
  const steps = text.startsWith("$") ? stepsOf(text, 1) : null;
  if (steps === null) return err(`${JSON.stringify(text)}: expected a path such as $.metrics[*]`);
  if (steps.at(-1) !== every) return err(`${JSON.stringify(text)}: "each" ends with [*]`);
  return ok({ text, steps });
};

const member = (value: unknown, key: string | number): unknown => {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  // A member that JSON.parse made, not one that every object has (`constructor`).
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined;
};

/** What stands at a path; undefined when nothing does. */
export const readPath = ({ from, steps }: JsonPath, cursor: Cursor): unknown => {
  let value =
    from === "message" || from >= cursor.depth ? cursor.message : cursor.elements[cursor.depth - 1 - from];
  for (let i = 0; i < steps.length; i++) {
    if (value === undefined) return undefined;
    value = member(value, steps[i]!);
  }
  return value;
};

/**
 * Stands the cursor at each element in turn; without a path, at the message alone.
 * @returns false when the message has no such list, not even an empty one
 */
export const eachElement = (path: EachPath | null, cursor: Cursor, visit: () => void): boolean => {
  cursor.depth = 0;
  if (path !== null) return walk({ steps: path.steps, cursor, visit }, cursor.message, 0);
  visit();
  return true;
};

interface Walk {
  readonly steps: EachPath["steps"];
  readonly cursor: Cursor;
  readonly visit: () => void;
}

const walk = (on: Walk, value: unknown, at: number): boolean => {
  const next = on.steps[at];
  if (next === undefined) {
    if (value !== undefined) on.visit();
    return value !== undefined;
  }
  if (next !== every) return walk(on, member(value, next), at + 1);
  if (typeof value !== "object" || value === null) return false;
  const { cursor } = on;
  const enter = (key: string | number, element: unknown): void => {
    cursor.elements[cursor.depth] = element;
    cursor.keys[cursor.depth] = key;
    cursor.depth++;
    walk(on, element, at + 1);
    cursor.depth--;
  };
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) enter(i, value[i]);
  else for (const key of Object.keys(value)) enter(key, (value as Record<string, unknown>)[key]);
  return true;
};
