import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where to look, and at what. Tests pass their own. */
export interface Surroundings {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
}

export type ElectronBinary =
  | { readonly found: true; readonly path: string }
  | {
      readonly found: false;
      /** Whether Electron's installer would help. */
      readonly isMissing: boolean;
      /** Completes the sentence "in the browser, because …". */
      readonly why: string;
      readonly how: string;
    };

export const surroundings = (root: string): Surroundings => ({
  root,
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
});

const defaultNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: "electron.exe",
  darwin: "Electron.app/Contents/MacOS/Electron",
};

const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, "utf8").trim() : null);

/**
 * Looks for an Electron executable of the version in package-lock.json, without ever loading the `electron` package:
 * loading it downloads the binary when it is not there.
 */
export const findElectron = ({ root, env, platform, isRoot }: Surroundings): ElectronBinary => {
  const home = join(root, "node_modules", "electron");
  const wanted = (JSON.parse(read(join(home, "package.json")) ?? "{}") as { version?: string }).version;
  const folder = env["ELECTRON_OVERRIDE_DIST_PATH"] || join(home, "dist");
  const path = join(folder, read(join(home, "path.txt")) ?? defaultNames[platform] ?? "electron");
  const missing = (why: string): ElectronBinary => ({
    found: false,
    isMissing: true,
    why,
    how: "npm run desktop",
  });
  const unusable = (why: string, how: string): ElectronBinary => ({
    found: false,
    isMissing: false,
    why,
    how,
  });
  if (!wanted) return missing("the electron package is not installed");
  if (!existsSync(path)) return missing(`Electron ${wanted} is not installed`);
  const version = read(join(folder, "version"))?.replace(/^v/, "");
  if (version !== wanted) return missing(`Electron ${version ?? "of unknown version"} is not ${wanted}`);
  if (platform === "linux" && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"])
    return unusable("there is no display here", "start it from a desktop session");
  if (platform === "linux" && isRoot)
    return unusable("Chromium's sandbox does not work for root", "start it as another user");
  return { found: true, path };
};
