import { parseSync } from "vite";

/** How one module names another. `worker` is `new URL("./x.ts", import.meta.url)`, the way threads name their entry. */
export type ImportKind = "static" | "type" | "re-export" | "dynamic" | "require" | "worker";

/** One place where a module names another. */
export interface ImportSite {
  readonly kind: ImportKind;
  /** As written; null where it is computed and so beyond any rule. */
  readonly specifier: string | null;
  /** 1-based. */
  readonly line: number;
}

/** What a file says about other modules, and whether it says anything else. */
export interface ModuleShape {
  readonly imports: readonly ImportSite[];
  /** True when the file does nothing but export what others have: a barrel. */
  readonly isBarrel: boolean;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Text of a literal or of a template without holes; null for anything computed. */
const textOf = (value: unknown): string | null => {
  if (!isNode(value)) return null;
  if (value.type === "Literal") return typeof value["value"] === "string" ? value["value"] : null;
  if (value.type !== "TemplateLiteral") return null;
  const quasis = value["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
};

const isIdentifier = (value: unknown, name: string): boolean =>
  isNode(value) && value.type === "Identifier" && value["name"] === name;

const isImportMetaUrl = (value: unknown): boolean =>
  isNode(value) &&
  value.type === "MemberExpression" &&
  isNode(value["object"]) &&
  value["object"].type === "MetaProperty" &&
  isIdentifier(value["property"], "url");

/** `new URL("./ingest.ts", import.meta.url)`: a module only if it looks like one; data files have no rules. */
const workerEntry = (node: Node): string | null => {
  const [path, base] = (node["arguments"] ?? []) as readonly unknown[];
  if (!isIdentifier(node["callee"], "URL") || !isImportMetaUrl(base)) return null;
  const text = textOf(path);
  return text && /\.[cm]?[jt]sx?$/.test(text) ? text : null;
};

const siteOf = (node: Node): Omit<ImportSite, "line"> | null => {
  switch (node.type) {
    case "ImportDeclaration":
      return { kind: node["importKind"] === "type" ? "type" : "static", specifier: textOf(node["source"]) };
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return node["source"] ? { kind: "re-export", specifier: textOf(node["source"]) } : null;
    case "ImportExpression":
      return { kind: "dynamic", specifier: textOf(node["source"]) };
    case "TSImportType":
      return { kind: "type", specifier: textOf(node["source"]) };
    case "TSExternalModuleReference":
      return { kind: "require", specifier: textOf(node["expression"]) };
    case "CallExpression": {
      if (!isIdentifier(node["callee"], "require")) return null;
      return { kind: "require", specifier: textOf((node["arguments"] as readonly unknown[])[0]) };
    }
    case "NewExpression": {
      const specifier = workerEntry(node);
      return specifier ? { kind: "worker", specifier } : null;
    }
    default:
      return null;
  }
};

const visit = (value: unknown, seen: (node: Node) => void): void => {
  if (Array.isArray(value)) for (const item of value) visit(item, seen);
  else if (isNode(value)) {
    seen(value);
    for (const child of Object.values(value)) if (typeof child === "object") visit(child, seen);
  }
};

/**
 * Every module that `source` names, by any syntax TypeScript has for it.
 * @throws SyntaxError when the parser finds one: a file that can't be read must not pass as clean.
 */
export const readModule = (fileName: string, source: string): ModuleShape => {
  const { program, errors } = parseSync(fileName, source);
  const [error] = errors;
  if (error) throw new SyntaxError(`${fileName}: ${error.message}`);
  const imports: ImportSite[] = [];
  visit(program, (node) => {
    const site = siteOf(node);
    if (site) imports.push({ ...site, line: source.slice(0, node.start).split("\n").length });
  });
  const body = program.body as unknown as readonly Node[];
  const isBarrel =
    body.length > 0 && body.every((node) => node.type.startsWith("Export") && Boolean(node["source"]));
  return { imports, isBarrel };
};
