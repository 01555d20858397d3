import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MqttConfig } from "#feed/contract/config.ts";
import { type KeychainParts, type KeychainStorage, withKeychain } from "./keychain.ts";

let folder: string;
let file: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keychain-test-"));
  file = join(folder, "new", "broker-secrets.json");
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Turns bits around: no encryption, but nothing that a search for the password finds. */
const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

const storage = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => turned(Buffer.from(text)),
  decryptStringAsync: async (bytes: Buffer) => ({ result: turned(bytes).toString(), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => "gnome_libsecret" as const,
} satisfies KeychainStorage;

const parts = (over: Partial<KeychainStorage> = {}): KeychainParts => ({
  storage: { ...storage, ...over },
  file,
  platform: "linux",
  log: (line) => lines.push(line),
});

const broker = (url: string, username: string | null = null, password: string | null = null): MqttConfig => ({
  url,
  caFile: null,
  certFile: null,
  keyFile: null,
  username,
  password,
  clientId: null,
  alpn: [],
  wire: "auto",
  mappingFile: null,
  filters: null,
});

test("what was kept once is there at the next start, for that address alone", async () => {
  await withKeychain([broker("mqtts://a", "reader", "hunter2")], true, parts());
  const later = [broker("mqtts://a"), broker("mqtts://b")];
  expect(await withKeychain(later, false, parts())).toEqual([
    broker("mqtts://a", "reader", "hunter2"),
    later[1],
  ]);
});

test("it lies there encrypted, for its owner alone", async () => {
  await withKeychain([broker("mqtts://a", "reader", "hunter2")], true, parts());
  const text = readFileSync(file, "utf8");
  expect(text).toContain("mqtts://a");
  expect(text).not.toMatch(/hunter2|reader/);
  expect(Buffer.from(text, "base64").toString("latin1")).not.toMatch(/hunter2/);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
});

test("the environment wins, and is kept only where that was asked for", async () => {
  await withKeychain([broker("mqtts://a", "reader", "old")], true, parts());
  const given = [broker("mqtts://a", "reader", "new")];
  expect(await withKeychain(given, false, parts())).toEqual(given);
  expect((await withKeychain([broker("mqtts://a")], false, parts()))[0]?.password).toBe("old");
  await withKeychain([broker("mqtts://b", null, "other")], true, parts());
  expect((await withKeychain([broker("mqtts://a")], false, parts()))[0]?.password).toBe("old");
});

test.each<readonly [string, Partial<KeychainStorage>]>([
  ["no keychain", { isAsyncEncryptionAvailable: async () => false }],
  ["a keychain in name only", { getSelectedStorageBackend: () => "basic_text" }],
])("%s: nothing is written, and it is said", async (_what, over) => {
  const given = [broker("mqtts://a", "reader", "hunter2")];
  expect(await withKeychain(given, true, parts(over))).toEqual(given);
  expect(() => readFileSync(file)).toThrow("ENOENT");
  expect(lines.join()).toContain("no keychain");
});

test("what cannot be decrypted any more, or a torn file, is no secret and no crash", async () => {
  await withKeychain([broker("mqtts://a", "reader", "hunter2")], true, parts());
  const broken = { decryptStringAsync: () => Promise.reject(new Error("another key")) };
  expect(await withKeychain([broker("mqtts://a")], false, parts(broken))).toEqual([broker("mqtts://a")]);
  expect(lines.join()).toContain("mqtts://a cannot be read");
  writeFileSync(file, "{torn");
  expect(await withKeychain([broker("mqtts://a")], false, parts())).toEqual([broker("mqtts://a")]);
});
