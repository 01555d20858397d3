import { chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InlineConfig } from "vite";
import { builtStamp, contentStamp } from "./stamp.ts";

const root = join(import.meta.dirname, "..");

/** Something that is built from sources into a folder of `out/`. */
export interface Bundle {
  readonly name: string;
  readonly folder: string;
  /** Files and folders, relative to the repository, whose content decides whether it is up to date. */
  readonly sources: readonly string[];
  readonly configs: (outDir: string) => Promise<readonly InlineConfig[]>;
  /** Folders copied as they are, to the same place below the bundle. */
  readonly copies: readonly string[];
}

/** Vite and its plugins: half a second that a start without a build does not pay. */
const viteConfig = () => import("./vite.config.ts");

const toolchain = ["package-lock.json", "build/vite.config.ts"];

/** The page, for both shells. */
export const page: Bundle = {
  name: "page",
  folder: join(root, "out/renderer"),
  sources: ["renderer", "twins", "feed/contract", ...toolchain],
  configs: async (outDir) => [(await viteConfig()).pageConfig(outDir)],
  copies: [],
};

/** Entries of the desktop: what Electron starts, and what the feed starts. */
const desktopEntries = {
  main: "electron/desktop/main.ts",
  "feed-host": "electron/desktop/feed-host.ts",
  "feed-worker": "feed/ingest/worker.ts",
  "feed-plant": "feed/plant/process.ts",
  "feed-recorder": "feed/log/recorder-worker.ts",
  "feed-reader": "feed/replay/worker.ts",
};

/** Main process, preload and feed of the desktop. */
export const desktop: Bundle = {
  name: "desktop",
  folder: join(root, "out/desktop"),
  sources: ["electron", "feed", "twins", ...toolchain],
  configs: async (outDir) => {
    const { nodeConfig } = await viteConfig();
    return [
      nodeConfig(desktopEntries, outDir, "esm"),
      nodeConfig({ preload: "electron/desktop/preload.cts" }, outDir, "cjs"),
    ];
  },
  copies: ["twins/horinger"],
};

const moveAttempts = 10;

/** Whether the bundle's sources are what they were when it was built. */
export const isUpToDate = (bundle: Bundle): boolean =>
  builtStamp(bundle.folder) === contentStamp(root, bundle.sources);

/**
 * Builds a bundle beside its place and moves it there when it is whole: an interrupted build leaves the old one.
 * @throws what Vite throws, with file and line, when the sources do not build.
 */
export const buildBundle = async (bundle: Bundle): Promise<void> => {
  // Read first: an edit during the build must leave a bundle that counts as out of date.
  const stamp = contentStamp(root, bundle.sources);
  await mkdir(dirname(bundle.folder), { recursive: true });
  const fresh = await mkdtemp(`${bundle.folder}-`);
  try {
    await fillBundle(bundle, fresh);
    await writeFile(join(fresh, ".stamp"), stamp);
    await chmod(fresh, 0o755); // a temporary folder is its owner's alone
    await moveIntoPlace(fresh, bundle.folder, stamp);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

/** Two starts at once after an update are in each other's way here: whoever comes first, the same bundle lies there. */
const moveIntoPlace = async (fresh: string, folder: string, stamp: string): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await rm(folder, { recursive: true, force: true });
      await rename(fresh, folder);
      return;
    } catch (error) {
      if (builtStamp(folder) === stamp) return;
      if (attempt === moveAttempts) throw error;
    }
  }
};

/** Builds a bundle into a folder of the caller's. */
export const fillBundle = async (bundle: Bundle, folder: string): Promise<void> => {
  const { build } = await import("vite");
  for (const config of await bundle.configs(folder)) await build(config);
  for (const path of bundle.copies) await cp(join(root, path), join(folder, path), { recursive: true });
};
