/**
 * A bare Debian 12 with Node 20, npm and nothing else, as a folder: what a new machine looks like to this project.
 * Plain JavaScript without dependencies: it runs before anything is installed. Needs root and `debootstrap`.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** The unprivileged user inside. The number is unlikely elsewhere, so that what is left running can be told by it. */
export const user = { name: "visitor", id: 61_234, home: "/home/visitor" };

/** Runs to the end, or throws with what was said on stderr. */
export const must = (/** @type {string} */ command, /** @type {string[]} */ args, options = {}) => {
  const ended = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (ended.status !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${ended.error?.message ?? ended.stderr ?? ended.status}`);
  return ended.stdout ?? "";
};

/** PATH without `node_modules`: npm puts a newer Node there first, and the machine's own is what counts here. */
const machinePath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"));

const onMachine = (/** @type {string} */ name) => {
  const found = machinePath.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`${name} is not on PATH`);
  return realpathSync(found);
};

/** The mirror this machine's apt is set up with. It stays on this machine. */
const debianMirror = () => {
  const targets = must("apt-get", ["indextargets", "--format", "$(SITE) $(RELEASE) $(CREATED_BY)"]);
  const main = targets.split("\n").find((line) => /\/debian\/? bookworm Packages/.test(line));
  if (!main) throw new Error("apt on this machine knows no Debian 12 (bookworm) mirror");
  return main.split(" ")[0];
};

/** Throws when something is mounted below `folder`: deleting through a bind mount would delete the machine's files. */
const refuseMounts = (/** @type {string} */ folder) => {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const inside = mounts.map((line) => line.split(" ")[4] ?? "").filter((path) => path.startsWith(folder));
  if (inside.length > 0) throw new Error(`still mounted: ${inside.join(", ")}; unmount first`);
};

export const removeRoot = (/** @type {string} */ root) => {
  refuseMounts(root);
  must("rm", ["-rf", "--one-file-system", root]);
};

/** debootstrap once; later runs unpack its archive. */
const unpackBase = (/** @type {string} */ root, /** @type {string} */ cache) => {
  const archive = join(cache, "bookworm-minbase.tar");
  if (!existsSync(archive)) {
    const making = join(cache, "making");
    removeRoot(making);
    must("debootstrap", ["--variant=minbase", "bookworm", making, debianMirror()]);
    must("tar", ["-cf", `${archive}.part`, "--one-file-system", "-C", making, "."]);
    must("mv", [`${archive}.part`, archive]);
    removeRoot(making);
  }
  mkdirSync(root);
  must("tar", ["-xpf", archive, "-C", root]);
};

/** Node 20 and npm, as the machine has them. */
const putNode = (/** @type {string} */ root) => {
  const node = onMachine("node");
  const npm = dirname(dirname(onMachine("npm")));
  cpSync(node, join(root, "usr/bin/node"));
  cpSync(npm, join(root, "usr/lib/node_modules/npm"), { recursive: true });
  must("ln", ["-s", "../lib/node_modules/npm/bin/npm-cli.js", join(root, "usr/bin/npm")]);
  return must(node, ["--version"]).trim();
};

/** Variables that say how to reach the network from here; a bare machine elsewhere has its own, or needs none. */
const networkVariables =
  /^(https?_proxy|no_proxy|all_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|npm_config_(registry|cafile))$/i;

const networkEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => networkVariables.test(name)));

/** npm's own answer, outside of the `npm run` we may have been started by, which sets it up otherwise. */
const npmConfig = (/** @type {string} */ key) => {
  const kept = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_"));
  const env = { ...Object.fromEntries(kept), PATH: machinePath.join(delimiter) };
  return must("npm", ["config", "get", key], { env }).trim();
};

/** Name service, certificates, and npm's and apt's own configuration: how this machine reaches its mirrors. */
const putNetwork = (/** @type {string} */ root) => {
  const sources = "/etc/apt/sources.list.d/debian.sources";
  const named = [...Object.values(networkEnvironment()), npmConfig("cafile")];
  for (const file of ["/etc/resolv.conf", "/etc/hosts", sources, ...named])
    if (file?.startsWith("/") && existsSync(file)) copyTo(root, file, file);
  if (existsSync(sources)) must("rm", ["-f", join(root, "etc/apt/sources.list")]);
  const [global, own] = [npmConfig("globalconfig"), npmConfig("userconfig")];
  if (existsSync(global)) copyTo(root, global, "/usr/etc/npmrc");
  if (existsSync(own)) copyTo(root, own, `${user.home}/.npmrc`);
};

const copyTo = (/** @type {string} */ root, /** @type {string} */ from, /** @type {string} */ to) => {
  mkdirSync(dirname(join(root, to)), { recursive: true });
  cpSync(realpathSync(from), join(root, to));
};

/**
 * Makes the bare machine at `root`, from nothing.
 * @returns the version of Node inside
 */
export const makeRoot = (/** @type {string} */ root, /** @type {string} */ cache) => {
  removeRoot(root);
  mkdirSync(cache, { recursive: true });
  unpackBase(root, cache);
  const node = putNode(root);
  must("chroot", [root, "useradd", "--create-home", "--uid", String(user.id), user.name]);
  putNetwork(root);
  must("chroot", [root, "chown", "-R", `${user.name}:`, user.home]);
  return node;
};

/**
 * Command line that runs `args` inside as the unprivileged user, with a bare environment, in `folder`.
 * Every step replaces the one before (`exec`), so the process started is the one inside; its mounts end with it.
 */
export const inside = (
  /** @type {string} */ root,
  /** @type {string} */ folder,
  /** @type {string[]} */ args,
) => {
  const script = [
    "mount --make-rprivate /",
    'mount --bind /proc "$0/proc"',
    'mount --rbind /dev "$0/dev"',
    `exec chroot --userspec=${user.id}:${user.id} "$0" env -i -C "$@"`,
  ].join(" && ");
  const environment = { PATH: "/usr/bin:/bin", HOME: user.home, USER: user.name, ...networkEnvironment() };
  const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return { command: "unshare", args: ["-m", "sh", "-c", script, root, folder, ...pairs, ...args] };
};

/** Processes that still run inside: by the user's number or by their root folder. */
export const leftInside = (/** @type {string} */ root) =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return (
          new RegExp(`^Uid:\\s+${user.id}\\b`, "m").test(status) || readlinkSync(`/proc/${pid}/root`) === root
        );
      } catch {
        return false; // It ended while we looked.
      }
    })
    .map((pid) => `${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()}`);
