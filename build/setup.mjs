/**
 * Runs before `npm start`, `npm test` and their like, on whatever Node the machine has (20 or newer), without any
 * dependency: makes `node_modules` match `package-lock.json`, so that a pull, a switch of branch or a torn install heals.
 * Says what it does on stderr only: stdout belongs to `--json`. When nothing is to be done it costs a few stat calls.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const stampFile = join(modules, ".setup-stamp");
/** The oldest Node that runs this source as it is: types stripped, `import.meta.main` known. */
const oldestNode = [24, 2];

const say = (/** @type {string} */ line) => process.stderr.write(`setup: ${line}\n`);

const platform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
const stamp = `${createHash("sha256").update(lockText).digest("hex")} ${platform}\n`;

/** Why an install is needed, or null when `node_modules` is whole. */
const whatIsWrong = () => {
  if (!existsSync(modules)) return "nothing is installed yet";
  if (!existsSync(stampFile)) return "the last installation did not finish";
  if (readFileSync(stampFile, "utf8") !== stamp) return "package-lock.json or the platform has changed";
  if (!existsSync(installedList)) return "npm's list of what it installed is missing";
  const { packages } = JSON.parse(readFileSync(installedList, "utf8"));
  const missing = Object.keys(packages).find((path) => !existsSync(join(root, path, "package.json")));
  if (missing) return `${missing} is missing`;
  if (bundledNode && !isExecutable(bundledNode)) return "node_modules/.bin/node cannot be run";
  return null;
};

/** What npm itself says it installed; optional packages of other platforms are not in it. */
const installedList = join(modules, ".package-lock.json");

const isExecutable = (/** @type {string} */ file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Node 24 as an npm package, where one exists for this platform; npm puts `node_modules/.bin` first on PATH. */
const bundledNode = JSON.parse(lockText).packages[`node_modules/node-${platform}`]
  ? join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node")
  : null;

/**
 * `npm ci` with the npm that runs us, started by the Node it was started with: the one inside `node_modules` is
 * about to be deleted.
 */
const install = () => {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const env = { ...process.env, PATH: pathWithoutModules() };
  const options = { cwd: root, env, stdio: /** @type {const} */ (["ignore", 2, 2]) };
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  return node && npm && existsSync(node)
    ? spawnSync(node, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
};

const pathWithoutModules = () =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .join(delimiter);

const main = () => {
  const reason = whatIsWrong();
  if (reason) {
    say(`${reason}; running npm ci (about a minute the first time)`);
    const started = Date.now();
    rmSync(stampFile, { force: true });
    const { status, error } = install();
    if (status !== 0) {
      say(
        `npm ci failed${error ? `: ${error.message}` : ` with exit status ${status}`}; its own words are above.`,
      );
      say(
        "Check that the npm registry can be reached (npm ping) and the disk is not full, then run this again.",
      );
      return 1;
    }
    writeFileSync(stampFile, stamp);
    say(`done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  if (!bundledNode && !isNewEnough(process.versions.node)) {
    say(`no Node comes with this project for ${platform}, and Node ${process.versions.node} is too old.`);
    say(`Install Node ${oldestNode.join(".")} or newer (24 is best), then run this again.`);
    return 1;
  }
  return 0;
};

const isNewEnough = (/** @type {string} */ version) => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
};

process.exitCode = main();
