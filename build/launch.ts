import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findElectron, surroundings } from "./electron-binary.ts";
import { ensureBuilt } from "./ensure-built.ts";
import { Lifetime } from "./lifetime.ts";
import { checkMappings } from "./mapping-check.ts";
import { helpText } from "./option-table.ts";
import { type Options, printConfig, readOptions } from "./options.ts";
import { runDesktop } from "./run-desktop.ts";
import { runWeb } from "./run-web.ts";

const root = join(import.meta.dirname, "..");

const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;

const complain = (message: string, tip: string): void => {
  process.stderr.write(`${message}\n${tip}\n`);
};

const start = async (options: Options, lifetime: Lifetime): Promise<void> => {
  const wanted = options.shell.shell;
  const electron = wanted === "web" ? null : findElectron(surroundings(root));
  if (electron?.found) {
    if (!(await ensureBuilt(["page", "desktop"], lifetime))) return lifetime.stop(1);
    return runDesktop(electron.path, options, lifetime);
  }
  if (wanted === "desktop" && electron) {
    complain(`No desktop window: ${electron.why}.`, `Tip: ${electron.how}; or use --shell web.`);
    return lifetime.stop(1);
  }
  if (options.shell.remember)
    process.stderr.write("Nothing is remembered: only the desktop window has a keychain to keep it in.\n");
  if (electron)
    process.stderr.write(
      `In the browser, because ${electron.why}; for a window of its own: ${electron.how}.\n`,
    );
  await runWeb(options, lifetime);
};

/** Reads the command line and shows the campus: in the desktop shell where Electron is installed, else in the web shell. */
export const main = async (): Promise<void> => {
  const read = readOptions({
    argv: process.argv.slice(2),
    env: process.env,
    // npm changes to the repository; a relative path was meant from where the user is.
    folder: process.env["INIT_CWD"] ?? process.cwd(),
    version: packageVersion(),
  });
  if (!read.ok) {
    complain(read.error.message, read.error.tip);
    process.exitCode = 2;
    return;
  }
  const options = read.value;
  if (options.action === "help") process.stdout.write(helpText());
  else if (options.action === "version") process.stdout.write(`${options.session.version}\n`);
  else if (options.action === "print-config") process.stdout.write(printConfig(options));
  else {
    const mappings = await checkMappings(options.session.brokers);
    if (!mappings.ok) {
      complain(mappings.error.message, mappings.error.tip);
      process.exitCode = 2;
      return;
    }
    const lifetime = new Lifetime();
    lifetime.listen();
    await start(options, lifetime).catch((error: unknown) => {
      // Stopped while it was starting: what broke off because of that is no failure.
      if (lifetime.isStopping) return;
      complain("The start failed.", error instanceof Error ? (error.stack ?? error.message) : String(error));
      return lifetime.stop(1);
    });
  }
};
