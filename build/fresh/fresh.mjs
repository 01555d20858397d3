/**
 * `npm run fresh`: the README's two commands on a bare machine, as an unprivileged user. Prints JSON with durations.
 * Plain JavaScript without dependencies; see root.mjs.
 */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inside, leftInside, makeRoot, must, removeRoot, user } from "./root.mjs";

const project = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const cache = join(project, ".cache", "fresh");
const root = join(cache, "root");
const clone = `${user.home}/horinger-twin`;

const say = (/** @type {string} */ line) => process.stderr.write(`fresh: ${line}\n`);
const seconds = (/** @type {number} */ since) => Math.round((performance.now() - since) / 100) / 10;

/** A clone of HEAD, as the unprivileged user would have it. */
const putClone = () => {
  if (must("git", ["-C", project, "status", "--porcelain"]).trim()) say("uncommitted changes are not tested");
  must("git", ["clone", "--quiet", "--no-hardlinks", project, join(root, clone)]);
  must("chroot", [root, "chown", "-R", `${user.name}:`, clone]);
  return must("git", ["-C", project, "rev-parse", "--short", "HEAD"]).trim();
};

/** Runs inside, stderr shown, stdout handed line by line to `onLine` and shown too. */
const start = (/** @type {string[]} */ args, /** @type {(line: string) => void} */ onLine) => {
  const { command, args: all } = inside(root, clone, args);
  const child = spawn(command, all, { stdio: ["ignore", "pipe", "inherit"] });
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    process.stderr.write(text);
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { child, ended };
};

const parse = (/** @type {string} */ line) => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** `npm start` until it says it is ready; `use` gets the address; then SIGTERM, and nothing may be left. */
const startAndStop = async (/** @type {(url: string) => Promise<unknown>} */ use) => {
  const since = performance.now();
  /** @type {(url: string) => void} */
  let ready = () => {};
  const address = new Promise((/** @type {(url: string) => void} */ resolve) => {
    ready = resolve;
  });
  const { child, ended } = start(["npm", "start", "--", "--no-open", "--json"], (line) => {
    const said = parse(line);
    if (said?.ready) ready(said.url);
  });
  const url = await Promise.race([
    address,
    ended.then((status) => {
      throw new Error(`npm start ended with ${status}`);
    }),
  ]);
  const readySeconds = seconds(since);
  const used = await use(url);
  const stopping = performance.now();
  child.kill("SIGTERM");
  await ended;
  return { readySeconds, stopSeconds: seconds(stopping), left: await nothingLeft(), used };
};

/** Processes still inside, after what a clean end may take. */
const nothingLeft = async () => {
  for (let tries = 0; tries < 20 && leftInside(root).length > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 250));
  return leftInside(root);
};

/** Opens the page in the Chromium that `npm test` would use, inside. */
const watch = async (/** @type {string} */ url) => {
  let said = null;
  const node = `${clone}/node_modules/.bin/node`;
  const { ended } = start([node, "e2e/watch.ts", url], (line) => {
    said = parse(line) ?? said;
  });
  return { exit: await ended, ...said };
};

const runTests = async () => {
  const since = performance.now();
  let tally = "";
  const { ended } = start(["npm", "test"], (line) => {
    if (/^\d+ passed, \d+ failed, \d+ skipped$/.test(line)) tally = line;
  });
  const exit = await ended;
  return { exit, tally, seconds: seconds(since), left: await nothingLeft() };
};

const main = async () => {
  if (process.getuid?.() !== 0) throw new Error("making a bare root needs root (debootstrap, chroot)");
  const since = performance.now();
  say("making a bare Debian 12 with Node 20 and npm");
  const node = makeRoot(root, cache);
  const commit = putClone();
  say(`Node ${node}, commit ${commit}: npm start`);
  const first = await startAndStop(watch);
  say("npm start again");
  const second = await startAndStop(async () => null);
  say("npm test");
  const test = process.argv.includes("--no-test") ? null : await runTests();
  const isProved =
    first.used.exit === 0 &&
    first.left.length === 0 &&
    second.left.length === 0 &&
    (!test || test.exit === 0);
  console.log(
    JSON.stringify({ ok: isProved, node, commit, first, second, test, totalSeconds: seconds(since) }),
  );
  if (!process.argv.includes("--keep")) removeRoot(root);
  return isProved ? 0 : 1;
};

process.exitCode = await main().catch((error) => {
  say(error.message);
  return 1;
});
