import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm ci` refuses a lockfile that lacks an optional package of any platform, and `npm install` leaves one out when the
 * registry it asked does not have it (a partial mirror does not). `node build/check/lockfile.ts --repair` puts it back:
 * npm never fetches a package of another platform, so its name and version are all that is needed.
 */
interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lockfile {
  packages: Record<string, Locked & Readonly<Record<string, unknown>>>;
}

interface Absent {
  readonly name: string;
  readonly version: string;
  /** Package that asks for it. */
  readonly by: string;
}

/** Optional packages that the lockfile names but does not hold. */
export const findAbsent = (lock: Lockfile): readonly Absent[] =>
  Object.entries(lock.packages).flatMap(([by, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(
        ([name]) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${by}/node_modules/${name}`],
      )
      .map(([name, version]) => ({ name, version, by })),
  );

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** Platform by the naming convention of native packages; null when the name has none: nothing is guessed then. */
export const platformOf = (name: string): Readonly<Record<string, readonly string[]>> | null => {
  const words = name.split(/[^a-z0-9]+/);
  const cpu = processors.find((processor) => words.includes(processor));
  const os = systems.find((system) => words.includes(system));
  if (cpu === "wasm32") return { cpu: [cpu] };
  if (!cpu || !os) return null;
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : null;
  return { os: [os], cpu: [cpu], ...(libc && { libc }) };
};

/** Adds an entry for every absent package whose platform its name tells. */
export const repair = (lock: Lockfile): Lockfile => {
  const added = findAbsent(lock).flatMap(({ name, version, by }) => {
    const platform = platformOf(name);
    if (!platform || !/^\d/.test(version)) return [];
    const { dev } = lock.packages[by] ?? {};
    const entry = { version, ...(dev && { dev }), optional: true, ...platform };
    return [[`node_modules/${name}`, entry] as const];
  });
  const packages = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(packages) };
};

export const readLockfile = (root: string): Lockfile =>
  JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lockfile;

if (import.meta.main && process.argv.includes("--repair")) {
  const root = join(import.meta.dirname, "..", "..");
  writeFileSync(join(root, "package-lock.json"), `${JSON.stringify(repair(readLockfile(root)), null, 2)}\n`);
}
