import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix } from "node:path";
import { type ImportSite, readModule } from "./imports.ts";
import { areas, barredPackages, electronFolder, sourceFolders } from "./layout.ts";

/** What a module does wrong. Codes are what the planted violations under `fixtures/` prove. */
export type ViolationCode =
  | "area" // imports from a folder it may not know
  | "relative" // leaves its folder by `../` instead of an alias
  | "package" // imports a package that its folder bars
  | "electron" // only electron/desktop imports electron
  | "computed" // a module name that no rule can judge
  | "unresolved" // no such file
  | "barrel" // nothing but re-exports
  | "cycle";

export interface Violation {
  readonly code: ViolationCode;
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly detail: string;
}

export interface ImportReport {
  readonly modules: number;
  readonly violations: readonly Violation[];
}

const modulePattern = /\.[cm]?[jt]sx?$/;
const testPattern = /\.test\.tsx?$/;
const isInside = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

/** Modules under the source folders of `root`, sorted; planted violations are nobody's source. */
export const listModules = (root: string): readonly string[] =>
  sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) =>
        posix.join(folder, path.replaceAll("\\", "/")),
      ),
    )
    .filter((file) => modulePattern.test(file) && !file.startsWith("build/check/fixtures/"))
    .sort();

/** File that a specifier names, from the root; null for a package. */
const targetOf = (file: string, specifier: string): string | null => {
  const path = specifier.replace(/\?.*$/, "");
  if (path.startsWith("#")) return path.slice(1);
  if (path.startsWith(".")) return posix.join(dirname(file), path);
  return null;
};

const areaOf = (file: string) =>
  areas
    .filter((area) => isInside(file, area.folder))
    .reduce<(typeof areas)[number] | null>(
      (best, area) => (best && best.folder.length > area.folder.length ? best : area),
      null,
    );

/** Files straight in `renderer/` are App: they compose every layer. */
const composes = (file: string): boolean => dirname(file) === "renderer";

const areaFault = (file: string, target: string): string | null => {
  const area = areaOf(file);
  if (!area) return `${file} lies in no folder of the layout`;
  if (composes(file) && isInside(target, "renderer")) return null;
  if ([area.folder, ...area.mayImport].some((folder) => isInside(target, folder))) return null;
  return `${area.folder} may not import ${target}`;
};

const packageFault = (file: string, specifier: string): Pick<Violation, "code" | "detail"> | null => {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (name === "electron")
    return isInside(file, electronFolder)
      ? null
      : { code: "electron", detail: `only ${electronFolder} imports electron` };
  if (testPattern.test(file)) return null;
  const key = isBuiltin(specifier) ? "node:" : name;
  const rule = barredPackages.find(
    ({ folder, packages }) => isInside(file, folder) && packages.includes(key),
  );
  return rule ? { code: "package", detail: `${rule.folder} does not import ${specifier}` } : null;
};

const siteFaults = (root: string, file: string, site: ImportSite): readonly Violation[] => {
  const at = { file, line: site.line };
  const { specifier } = site;
  if (specifier === null)
    return [{ ...at, code: "computed", detail: `${site.kind} import of a computed name` }];
  const target = targetOf(file, specifier);
  if (target === null) {
    const fault = packageFault(file, specifier);
    return fault ? [{ ...at, ...fault }] : [];
  }
  const faults: Violation[] = [];
  if (specifier.startsWith("..")) faults.push({ ...at, code: "relative", detail: `use #${target}` });
  if (!existsSync(join(root, target)))
    faults.push({ ...at, code: "unresolved", detail: `${specifier} names no file` });
  const fault = areaFault(file, target);
  if (fault) faults.push({ ...at, code: "area", detail: fault });
  return faults;
};

/** Strongly connected modules (Tarjan): each group of more than one is a cycle, types included. */
const findCycles = (graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] => {
  const order = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const enter = (file: string): number => {
    const mark = order.size;
    order.set(file, mark);
    let lowest = mark;
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) lowest = Math.min(lowest, enter(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, order.get(next)!);
    }
    if (lowest === mark) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || (graph.get(file) ?? []).includes(file)) cycles.push(group.sort());
    }
    return lowest;
  };
  for (const file of graph.keys()) if (!order.has(file)) enter(file);
  return cycles;
};

/** Checks every module under `root` against the layout. */
export const checkImports = (root: string): ImportReport => {
  const files = listModules(root);
  const violations: Violation[] = [];
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const { imports, isBarrel } = readModule(file, readFileSync(join(root, file), "utf8"));
    if (isBarrel)
      violations.push({ code: "barrel", file, line: 1, detail: "import from where it is defined" });
    const targets: string[] = [];
    for (const site of imports) {
      violations.push(...siteFaults(root, file, site));
      const target = site.specifier === null ? null : targetOf(file, site.specifier);
      // A thread is started, not loaded: its entry may import what starts it without a cycle.
      if (target && site.kind !== "worker") targets.push(target);
    }
    graph.set(file, targets);
  }
  for (const group of findCycles(graph))
    violations.push({ code: "cycle", file: group[0]!, line: 1, detail: group.join(" ↔ ") });
  return { modules: files.length, violations };
};
