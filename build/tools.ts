import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, chmod, constants, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";

const run = promisify(execFile);

/** A program that tests need beside Node: the machine's own, or one unpacked into `.cache/`. */
export interface Tool {
  readonly path: string;
  /** Variables the program needs on top of the caller's environment: library and font paths of an unpacked one. */
  readonly env: Readonly<Record<string, string>>;
  readonly from: "machine" | "cache";
}

/** Thrown when a program is neither here nor to be had; the message says what to install. */
class ToolError extends Error {
  override readonly name = "ToolError";
}

const cache = join(import.meta.dirname, "..", ".cache");
const systemFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin"];

/** Chromium, headless with WebGL2, from npm: a plain archive without scripts. 68 MB. */
const chromiumPackage = {
  name: "@sparticuz/chromium",
  version: "153.0.0",
  integrity:
    "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
} as const;

/** First executable of these names on PATH or where Debian keeps servers, which PATH of a user often lacks. */
const findOnMachine = async (names: readonly string[]): Promise<string | null> => {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...systemFolders].filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      const found = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (found) return path;
    }
  }
  return null;
};

/** Fills `folder` once: what `fill` leaves half done after a crash is never taken for whole. */
const unpackOnce = async (folder: string, fill: (into: string) => Promise<void>): Promise<string> => {
  const done = join(folder, ".complete");
  if (await readFile(done).then(Boolean, () => false)) return folder;
  const partial = `${folder}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await fill(partial);
  await writeFile(join(partial, ".complete"), "");
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return folder;
};

/**
 * The package's own names folders of the service it was made for. Where fontconfig finds no font at all, Chromium
 * draws no text either, not even in fonts that a page brings along.
 */
const fontsBesideIt = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const fetchChromium = async (into: string): Promise<void> => {
  const { name, version, integrity } = chromiumPackage;
  console.error(`fetching Chromium (${name}@${version}, 68 MB, once) into .cache/`);
  await run("npm", ["pack", "--silent", `${name}@${version}`, "--pack-destination", into]);
  const archive = (await readdir(into)).find((file) => file.endsWith(".tgz"));
  if (!archive) throw new ToolError(`npm pack ${name} left no archive`);
  const bytes = await readFile(join(into, archive));
  const found = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (found !== integrity) throw new ToolError(`${archive}: expected integrity ${integrity}, found ${found}`);
  await run("tar", ["-xzf", join(into, archive), "-C", into, "--strip-components=2", "package/bin"]);
  await rm(join(into, archive));
  for (const file of await readdir(into)) {
    if (!file.endsWith(".br")) continue;
    const plain = join(into, file.slice(0, -".br".length));
    await pipeline(createReadStream(join(into, file)), createBrotliDecompress(), createWriteStream(plain));
    await rm(join(into, file));
    if (!plain.endsWith(".tar")) continue;
    await run("tar", ["-xf", plain, "-C", into]);
    await rm(plain);
  }
  await writeFile(join(into, "fonts.conf"), fontsBesideIt);
  await chmod(join(into, "chromium"), 0o755);
};

/** The machine's Chromium or Chrome, else one from npm. Linux x64 for the latter. */
export const ensureChromium = async (): Promise<Tool> => {
  const own = await findOnMachine(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
  if (own) return { path: own, env: {}, from: "machine" };
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new ToolError("no Chromium or Chrome on PATH: install one (the fetched one is for Linux x64 only)");
  const folder = await unpackOnce(join(cache, `chromium-${chromiumPackage.version}-fonts`), fetchChromium);
  return {
    path: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: join(folder, "lib"), FONTCONFIG_PATH: folder },
    from: "cache",
  };
};

/**
 * Downloads a Debian package and those of its dependencies the machine lacks, and unpacks them under `into`.
 * apt keeps its lists and archives in private folders, so neither root nor the system's state is needed.
 */
const fetchDebian = async (name: string, into: string): Promise<void> => {
  const state = join(into, "apt");
  const archives = join(into, "archives");
  for (const folder of ["lists/partial", "cache/archives/partial"])
    await mkdir(join(state, folder), { recursive: true });
  await mkdir(archives);
  const options = [
    `Dir::State::lists=${join(state, "lists")}`,
    `Dir::Cache=${join(state, "cache")}`,
    "APT::Sandbox::User=",
    "APT::Update::Post-Invoke-Success::=",
    "Acquire::Languages=none",
    "Debug::NoLocking=1",
  ].flatMap((option) => ["-o", option]);
  await run("apt-get", [...options, "-qq", "update"]);
  const plan = await run("apt-get", [...options, "-s", "--no-install-recommends", "install", name]);
  const wanted = plan.stdout.match(/^Inst \S+/gm)?.map((line) => line.slice("Inst ".length)) ?? [];
  await run("apt-get", [...options, "-qq", "download", ...wanted], { cwd: archives });
  for (const file of await readdir(archives)) await run("dpkg-deb", ["-x", join(archives, file), into]);
  await rm(archives, { recursive: true });
  await rm(state, { recursive: true });
};

/** The machine's mosquitto, else Debian's unpacked without installing: no service is started, no port opened. */
export const ensureMosquitto = async (): Promise<Tool> => {
  const own = await findOnMachine(["mosquitto"]);
  if (own) return { path: own, env: {}, from: "machine" };
  if (!(await findOnMachine(["apt-get"])))
    throw new ToolError("no mosquitto on PATH: install it (it is fetched by itself only where apt-get is)");
  const folder = await unpackOnce(join(cache, "mosquitto"), (into) => {
    console.error("fetching mosquitto with its libraries (3 MB, once) into .cache/");
    return fetchDebian("mosquitto", into);
  });
  const triplet = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch as string] ?? "";
  const libraries = [join(folder, "usr", "lib", triplet), join(folder, "lib", triplet)].join(":");
  return {
    path: join(folder, "usr", "sbin", "mosquitto"),
    env: { LD_LIBRARY_PATH: libraries },
    from: "cache",
  };
};

/** First line a tool says about itself; throws when it does not run, for a library that is missing for one. */
export const versionOf = (tool: Tool, flag: string): string => {
  const said = spawnSync(tool.path, [flag], { env: { ...process.env, ...tool.env }, encoding: "utf8" });
  const line = `${said.stdout}${said.stderr}`.split("\n").find((text) => /\d+\.\d+/.test(text));
  if (!line) throw new ToolError(`${tool.path} does not run: ${said.error?.message ?? said.stderr}`);
  return line.trim();
};
