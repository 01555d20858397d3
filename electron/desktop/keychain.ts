import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { SafeStorage } from "electron";
import type { MqttConfig } from "#feed/contract/config.ts";

/** What is used of Electron's `safeStorage`, whose key the system's keychain holds. */
export type KeychainStorage = Pick<
  SafeStorage,
  "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
>;

export interface KeychainParts {
  readonly storage: KeychainStorage;
  /** Encrypted secrets by broker address: below the desktop's own user data. */
  readonly file: string;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

type Secret = Pick<MqttConfig, "username" | "password">;

/** Base64 of the encrypted secret, by address. */
type Kept = Readonly<Record<string, string>>;

/**
 * Completes brokers with what the keychain holds for their addresses. What the environment gave wins, and is kept where
 * the user asked for that (`--mqtt-remember`). A keychain that cannot be used is said in the log, and changes nothing.
 */
export const withKeychain = async (
  brokers: readonly MqttConfig[],
  isToRemember: boolean,
  parts: KeychainParts,
): Promise<readonly MqttConfig[]> => {
  const kept = await readKept(parts.file);
  const isOfUse = brokers.some((broker) => (isGiven(broker) ? isToRemember : kept[broker.url] !== undefined));
  if (!isOfUse) return brokers;
  if (!(await isSafe(parts))) {
    parts.log("this system has no keychain to keep passwords in: they come from the environment alone");
    return brokers;
  }
  if (isToRemember) await remember(brokers.filter(isGiven), kept, parts);
  return Promise.all(
    brokers.map(async (broker) =>
      isGiven(broker) ? broker : { ...broker, ...(await recall(broker, kept, parts)) },
    ),
  );
};

const isGiven = ({ username, password }: Secret): boolean => username !== null || password !== null;

/** On Linux without a password manager Chromium "encrypts" with a key that everybody knows. */
const isSafe = async ({ storage, platform }: KeychainParts): Promise<boolean> =>
  (await storage.isAsyncEncryptionAvailable()) &&
  (platform !== "linux" || !["basic_text", "unknown"].includes(storage.getSelectedStorageBackend()));

const readKept = async (file: string): Promise<Kept> => {
  const text = await readFile(file, "utf8").catch(() => "{}");
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === "object" && kept !== null ? (kept as Kept) : {};
  } catch {
    return {};
  }
};

const remember = async (
  brokers: readonly MqttConfig[],
  kept: Kept,
  { storage, file }: KeychainParts,
): Promise<void> => {
  const added = await Promise.all(
    brokers.map(async ({ url, username, password }) => {
      const secret: Secret = { username, password };
      const encrypted = await storage.encryptStringAsync(JSON.stringify(secret));
      return [url, encrypted.toString("base64")] as const;
    }),
  );
  await mkdir(dirname(file), { recursive: true });
  // Whole or not at all: a torn file would lose what was kept before.
  await writeFile(`${file}.new`, JSON.stringify({ ...kept, ...Object.fromEntries(added) }), { mode: 0o600 });
  await rename(`${file}.new`, file);
};

const recall = async (
  { url }: MqttConfig,
  kept: Kept,
  { storage, log }: KeychainParts,
): Promise<Partial<Secret>> => {
  const encrypted = kept[url];
  if (encrypted === undefined) return {};
  try {
    const { result } = await storage.decryptStringAsync(Buffer.from(encrypted, "base64"));
    const { username, password } = JSON.parse(result) as Secret;
    return { username, password };
  } catch {
    log(`what was kept for ${url} cannot be read: give it in the environment again, with --mqtt-remember`);
    return {};
  }
};
