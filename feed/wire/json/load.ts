import { readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { compileMapping, type MappingIssue } from "./compile.ts";
import type { Mapping } from "./mapping.ts";
import { mappingSchema } from "./schema.ts";

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** Line of a place, or of the nearest thing around it that is there. */
const lineOf = (text: string, root: Node, at: MappingIssue["at"]): number => {
  for (let length = at.length; length > 0; length--) {
    const node = findNodeAtLocation(root, at.slice(0, length));
    // A member's line is that of its name: the value may begin further down.
    if (node) return lineAt(text, (node.parent?.type === "property" ? node.parent : node).offset);
  }
  return lineAt(text, root.offset);
};

const placeOf = (at: MappingIssue["at"]): string =>
  at
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");

const tip = "docs/JSON-WIRE.md lists the fields; npm run map -- --mqtt URL writes a file to start from.";

/**
 * Reads a mapping file's text (JSON with comments).
 * @returns the mapping, or everything that is wrong in it, by line.
 */
export const readMapping = (file: string, text: string): Result<Mapping, readonly Problem[]> => {
  const problem = (line: number, message: string): Problem => ({ code: "mapping", message, tip, file, line });
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first || !root)
    return err([
      problem(
        first ? lineAt(text, first.offset) : 1,
        first ? `no JSON: ${printParseErrorCode(first.error)}` : "the file is empty",
      ),
    ]);
  const at = (issue: MappingIssue, standsAt = issue.at): Problem => {
    const place = placeOf(issue.at);
    const line = lineOf(text, root, standsAt);
    return problem(line, place === "" ? issue.message : `${place}: ${issue.message}`);
  };
  const parsed = mappingSchema.safeParse(getNodeValue(root));
  if (!parsed.success)
    return err(
      parsed.error.issues.map(({ path, message, ...issue }) => {
        // A field that is not known is named in the words, and stands at its own line.
        const [unknown] = issue.code === "unrecognized_keys" ? issue.keys : [];
        const place = path.map((step) => (typeof step === "symbol" ? String(step) : step));
        return at({ at: place, message }, unknown === undefined ? place : [...place, unknown]);
      }),
    );
  const compiled = compileMapping(parsed.data);
  return "templates" in compiled ? ok(compiled) : err(compiled.map((issue) => at(issue)));
};

/** Problems in words: a line each, then what to do. */
export const mappingWords = (problems: readonly Problem[]): string =>
  [...problems.map(({ file, line, message }) => `${file}:${line}: ${message}`), tip].join("\n");

/**
 * Reads the mapping file of a broker.
 * @throws Error with every problem by line: without its mapping a feed of this wire has nothing to do.
 */
export const loadMapping = (path: string): Mapping => {
  const mapping = readMapping(basename(path), readFileSync(path, "utf8"));
  if (!mapping.ok) throw new Error(`--wire json:${mappingWords(mapping.error)}`);
  return mapping.value;
};
