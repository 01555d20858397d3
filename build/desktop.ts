import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findElectron, surroundings } from "./electron-binary.ts";

/**
 * `npm run desktop`: runs Electron's own installer, which fetches the binary of this version once and checks its
 * digest, then starts the desktop shell. Options after `--` go to the start.
 */
const root = join(import.meta.dirname, "..");
const installer = join(root, "node_modules/electron/install.js");

const runNode = async (file: string, args: readonly string[]): Promise<number> => {
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit" });
  // The child answers the signal; this process only waits for it, so that nothing is left behind.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  const [status] = (await once(child, "exit")) as [number | null];
  return status ?? 1;
};

const installElectron = async (): Promise<boolean> => {
  process.stderr.write("Installing Electron (about 120 MB, once)…\n");
  const startedMs = performance.now();
  const dots = setInterval(() => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    process.stderr.write(`  still fetching, ${seconds} s\n`);
  }, 5000);
  const status = await runNode(installer, []);
  clearInterval(dots);
  if (status === 0) return true;
  process.stderr.write(
    [
      `Electron could not be installed (status ${status}); the installer's own words are above.`,
      "It is fetched from GitHub's releases. Behind a mirror set ELECTRON_MIRROR; with a binary of your own set",
      "ELECTRON_OVERRIDE_DIST_PATH to its folder. Until then npm start shows the same in a browser.",
      "",
    ].join("\n"),
  );
  return false;
};

const isInstalled = (): boolean => {
  const electron = findElectron(surroundings(root));
  // A machine without a display has Electron all the same; the start says what is wrong with it.
  return electron.found || !electron.isMissing;
};

if (!existsSync(installer)) {
  process.stderr.write("The electron package is missing. Run npm ci --ignore-scripts, then this again.\n");
  process.exitCode = 1;
} else if (isInstalled() || (await installElectron())) {
  process.exitCode = await runNode(join(root, "build/start.ts"), [
    "--shell",
    "desktop",
    ...process.argv.slice(2),
  ]);
} else process.exitCode = 1;
