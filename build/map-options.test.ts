import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readMapOptions } from "./map-options.ts";
import { checkMappings } from "./mapping-check.ts";

const folder = mkdtempSync(join(tmpdir(), "horinger-map-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (...argv: string[]) => readMapOptions({ argv, env: {}, folder, version: "1" });
const refused = (...argv: string[]): string => {
  const options = read(...argv);
  return options.ok ? "" : options.error.message;
};

test("its own options stand among those of a connection", () => {
  const options = read(
    "--out=plant.jsonc",
    "--mqtt",
    "mqtt://b",
    "--seconds",
    "5",
    "--filters",
    "a/#",
    "--scale",
    "100",
  );
  expect(options).toMatchObject({
    ok: true,
    value: {
      action: "map",
      out: "plant.jsonc",
      seconds: 5,
      broker: { url: "mqtt://b", filters: ["a/#"] },
      session: { racks: 100 },
    },
  });
});

test.each([
  [[], /--mqtt URL is missing/],
  [["--mqtt", "mqtt://b", "--seconds", "0"], /1 to 600/],
  [["--mqtt", "mqtt://b", "--seconds"], /1 to 600/],
  [["--mqtt", "mqtt://b", "--out"], /--out needs a file/],
  [["--mqtt", "mqtt://b", "--mqtt", "mqtt://c"], /one broker/],
  [["--mqtt", "mqtt://b", "--nope"], /--nope/],
])("%j is refused", (argv, words) => expect(refused(...argv)).toMatch(words));

test("a start without mappings is fine; with a mistake in one it is refused by file and line", async () => {
  const file = join(folder, "plant.jsonc");
  const options = read("--mqtt", "mqtt://b");
  const brokers = options.ok ? options.value.session.brokers : [];
  expect(brokers).toHaveLength(1);
  const check = (mappingFile: string | null) =>
    checkMappings(brokers.map((broker) => ({ ...broker, mappingFile })));
  expect(await check(null)).toEqual({ ok: true, value: null });
  writeFileSync(file, '{ "mapping": 1, "templates": [] }');
  expect(await check(file)).toEqual({ ok: true, value: null });
  writeFileSync(file, '{ "mapping": 1,\n "templats": [] }');
  const wrong = await check(file);
  expect(wrong.ok ? "" : wrong.error.message).toContain(`${file}:2: Unrecognized key: "templats"`);
});
