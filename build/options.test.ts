import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { helpText, optionTable } from "./option-table.ts";
import { type Options, printConfig, readOptions } from "./options.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "options-test-"));
  for (const name of ["other", "t"]) mkdirSync(join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (argv: readonly string[], env: Record<string, string> = {}) =>
  readOptions({ argv, env, folder, version: "1.2.3" });

const accepted = (argv: readonly string[], env?: Record<string, string>): Options => {
  const result = read(argv, env);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const refused = (...argv: string[]): string => {
  const result = read(argv);
  if (result.ok) throw new Error(`accepted: ${argv.join(" ")}`);
  return `${result.error.message} ${result.error.tip}`;
};

const write = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

test("without options: a simulated Horinger, at a desk, in Chinese, on any shell", () => {
  const { action, session, shell } = accepted([]);
  expect(action).toBe("start");
  expect(session).toEqual({
    version: "1.2.3",
    mode: "desk",
    language: "zh",
    brokers: [],
    announced: false,
    saveDirectory: null,
    aliasFiles: [],
    fillSimulated: false,
    allowPublish: false,
    twinDirectory: null,
    racks: null,
    seed: 1,
    timeMs: null,
    plantSpeed: 1,
  });
  expect(shell).toEqual({ shell: null, port: 0, open: true, json: false, tokenFile: null });
});

test("every option arrives where it belongs", () => {
  for (const name of ["ca.pem", "c.pem", "k.pem"]) write(name, "PEM");
  const { session, shell } = accepted(
    (
      "--mode wall --shell web --mqtt mqtts://broker:8883 --mqtt-ca ca.pem --mqtt-cert c.pem --mqtt-key=k.pem " +
      "--wire dsx --fill simulated --twin other --scale 400000 --seed 7 --time 2026-07-01T12:00:00+08:00 --lang en " +
      "--port 8080 --token-file t --no-open --json --allow-publish --plant-speed 60"
    ).split(" "),
    { HORINGER_MQTT_USER: "u", HORINGER_MQTT_PASSWORD: "p" },
  );
  expect(session).toEqual({
    version: "1.2.3",
    mode: "wall",
    language: "en",
    brokers: [
      {
        url: "mqtts://broker:8883",
        caFile: join(folder, "ca.pem"),
        certFile: join(folder, "c.pem"),
        keyFile: join(folder, "k.pem"),
        username: "u",
        password: "p",
        alpn: [],
        wire: "dsx",
        mappingFile: null,
        filters: null,
      },
    ],
    announced: false,
    saveDirectory: null,
    aliasFiles: [],
    fillSimulated: true,
    allowPublish: true,
    twinDirectory: join(folder, "other"),
    racks: 400_000,
    seed: 7,
    timeMs: Date.UTC(2026, 6, 1, 4),
    plantSpeed: 60,
  });
  expect(shell).toEqual({ shell: "web", port: 8080, open: false, json: true, tokenFile: join(folder, "t") });
});

describe("refuses, says why and what to do:", () => {
  test.each([
    ["an unknown option, with the nearest", ["--mqt", "x"], /--mqt is not an option.*--mqtt/],
    ["a slip in the middle", ["--sceed", "1"], /Did you mean --seed/],
    ["a word that is no option", ["wall"], /"wall" is not an option/],
    ["a choice that does not exist", ["--mode", "office"], /wall, desk, demo/],
    ["a missing value", ["--scale"], /--scale needs a value: --scale N/],
    ["an option where a value belongs", ["--mqtt", "--json"], /--mqtt needs a value/],
    ["a value for a switch", ["--json=yes"], /takes no value/],
    ["the same option twice", ["--seed", "1", "--seed", "2"], /given twice/],
    ["too many racks", ["--scale", "400001"], /from 1 to 400000/],
    ["half a rack", ["--scale", "1.5"], /whole number/],
    ["an empty number", ["--seed", ""], /out of range/],
    ["no number", ["--port", "http"], /from 0 to 65535/],
    ["a time without a zone", ["--time", "2026-07-01T12:00:00"], /with a zone/],
    ["no broker's address", ["--mqtt", "http://x"], /not a broker's address.*mqtt:\/\/host:1883/],
    ["an address that is none", ["--mqtt", "broker"], /not an address/],
    ["TLS files without a broker", ["--mqtt-ca", "x"], /needs --mqtt/],
    ["a certificate without its key", ["--mqtt", "mqtts://b", "--mqtt-cert", "x"], /go together/],
    ["a file that is not there", ["--mqtt", "mqtts://b", "--mqtt-ca", "nope"], /cannot be read \(ENOENT\)/],
    ["a campus that is not there", ["--twin", "nope"], /--twin nope cannot be read as a folder \(ENOENT\)/],
    ["a campus that is a file", ["--twin", "c.pem"], /cannot be read as a folder \(ENOTDIR\)/],
    ["--fill beside the simulated plant", ["--fill", "simulated"], /needs --mqtt/],
    ["logs, a later version's work", ["--log", "a.mcap"], /Replaying logs is not in this version/],
    ["recording", ["--record", "d"], /not in this version/],
    ["scenarios", ["--scenario", "heat-wave"], /not in this version/],
  ])("%s", (_what, argv, words) => {
    expect(refused(...argv)).toMatch(words);
  });

  test("credentials in the address, without repeating them", () => {
    const words = refused("--mqtt", "mqtt://operator:hunter2@broker");
    expect(words).toContain("HORINGER_MQTT_PASSWORD");
    expect(words).not.toContain("hunter2");
  });
});

test.each(["me:hunter2@broker", "mqtt://me:hunter2@bro ker", "http://me:hunter2@broker"])(
  "an address that cannot be read is not repeated where it may hold a password: %s",
  (address) => expect(refused("--mqtt", address)).not.toContain("hunter2"),
);

describe("configuration file", () => {
  test("comments are fine, the command line wins, paths start at the file", () => {
    const file = write(
      "c.json",
      `{ // for the wall\n "mode": "wall", "scale": 1000, "no-open": true, "twin": "t", }`,
    );
    const { session, shell } = accepted(["--config", file, "--scale", "2000"]);
    expect([session.mode, session.racks, shell.open, session.twinDirectory]).toEqual([
      "wall",
      2000,
      false,
      join(folder, "t"),
    ]);
  });

  test("what --print-config prints gives the same session", () => {
    const argv = ["--mode", "demo", "--seed", "3", "--json"];
    const file = write("printed.json", printConfig(accepted([...argv, "--print-config"])));
    expect(accepted([...argv, "--print-config"]).action).toBe("print-config");
    expect(accepted(["--config", file]).session).toEqual(accepted(argv).session);
  });

  test("secrets of the environment are not printed", () => {
    const options = accepted(["--mqtt", "mqtt://b"], { HORINGER_MQTT_PASSWORD: "hunter2" });
    expect(options.session.brokers[0]?.password).toBe("hunter2");
    expect(printConfig(options)).not.toContain("hunter2");
  });

  test.each([
    ["{", /at character/],
    ["[]", /no JSON object/],
    [`{"modus": "wall"}`, /"modus" in .* is not an option/],
    [`{"json": "yes"}`, /must be true or false/],
    [`{"mode": {}}`, /must be a text or a number/],
    [`{"mode": "office"}`, /no such choice/],
    [`{"config": "other.json"}`, /cannot stand in/],
    [`{"log": "a.mcap"}`, /not in this version/],
  ])("%s is refused", (content, words) => {
    expect(refused("--config", write("bad.json", content))).toMatch(words);
  });
});

test("the help text names every option that works and none that does not", () => {
  const help = helpText();
  for (const [name, spec] of Object.entries(optionTable))
    expect(new RegExp(`^  --${name}( |$)`, "m").test(help), name).toBe(!("later" in spec));
  for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(120);
});
