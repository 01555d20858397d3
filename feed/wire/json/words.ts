import { err, ok, type Result } from "#twins/model/result.ts";
import { type Cursor, compilePath, type JsonPath, readPath } from "./path.ts";
import type { Captures } from "./topic-pattern.ts";

/** A text with parts of the topic and of the message in it: `{site}/{room}/{@.tags.rack}`, `{*}` for the element's key. */
export interface Words {
  readonly text: string;
  readonly parts: readonly Part[];
  /** The same for all messages of a topic. */
  readonly isFixed: boolean;
}

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "capture"; readonly text: string }
  | { readonly kind: "path"; readonly path: JsonPath }
  | { readonly kind: "key" };

const partOf = (text: string, captures: readonly string[]): Part | string => {
  if (!text.startsWith("{")) return { kind: "text", text };
  const inner = text.slice(1, -1);
  if (inner === "*") return { kind: "key" };
  if (/^[$@^]/.test(inner)) {
    const path = compilePath(inner);
    return path.ok ? { kind: "path", path: path.value } : path.error;
  }
  return captures.includes(inner)
    ? { kind: "capture", text: inner }
    : `${text}: the topic captures ${captures.length > 0 ? captures.join(", ") : "nothing"}`;
};

export const compileWords = (text: string, captures: readonly string[]): Result<Words, string> => {
  const parts: Part[] = [];
  for (const each of text.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? []) {
    if (each === "{" || each === "}") return err(`${JSON.stringify(text)}: a brace without its other half`);
    const part = partOf(each, captures);
    if (typeof part === "string") return err(part);
    parts.push(part);
  }
  const isFixed = parts.every(({ kind }) => kind === "text" || kind === "capture");
  return ok({ text, parts, isFixed });
};

/** A word of a message: texts, numbers and switches as they read; null for everything else. */
export const wordOf = (value: unknown): string | null =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : null;

/** The text for this topic and element; null when the message lacks one of its parts. */
export const spell = ({ parts }: Words, captures: Captures, cursor: Cursor): string | null => {
  let text = "";
  for (const part of parts) {
    const word =
      part.kind === "text"
        ? part.text
        : part.kind === "capture"
          ? captures.get(part.text)!
          : part.kind === "key"
            ? wordOf(cursor.keys[cursor.depth - 1])
            : wordOf(readPath(part.path, cursor));
    if (word === null) return null;
    text += word;
  }
  return text;
};
