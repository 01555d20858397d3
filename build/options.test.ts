import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { epwText } from "#twins/physics/weather/epw.fixture.ts";
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
    weatherFile: null,
    log: null,
    scenario: null,
    record: null,
  });
  expect(shell).toEqual({ shell: null, port: 0, open: true, json: false, remember: false, tokenFile: null });
});

test("a recording: where, how long, how much", () => {
  const { session } = accepted(["--record", "logs", "--record-days", "7", "--record-gb", "50"]);
  expect(session.record).toMatchObject({
    directory: join(folder, "logs"),
    keep: { ageMs: 7 * 86_400_000, bytes: 50e9 },
  });
});

test.each([0, 0.1, 0.5, 1, 3600])("a plant may go at %s times the pace, alone and in a scenario", (speed) => {
  const given = ["--plant-speed", String(speed)];
  expect(accepted(given).session.plantSpeed).toBe(speed);
  expect(accepted(["--scenario", "sand-storm", ...given]).session.scenario?.speed).toBe(speed);
});

test("every option arrives where it belongs", () => {
  for (const name of ["ca.pem", "c.pem", "k.pem"]) write(name, "PEM");
  const { session, shell } = accepted(
    (
      "--mode wall --shell web --mqtt mqtts://broker:8883 --mqtt-ca ca.pem --mqtt-cert c.pem --mqtt-key=k.pem " +
      "--wire dsx --fill simulated --twin other --scale 400000 --seed 7 --time 2026-07-01T12:00:00+08:00 --lang en " +
      "--port 8080 --token-file t --no-open --json --allow-publish --plant-speed 60 --mqtt-remember"
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
        clientId: null,
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
    weatherFile: null,
    log: null,
    scenario: null,
    record: null,
  });
  expect(shell).toEqual({
    shell: "web",
    port: 8080,
    open: false,
    json: true,
    remember: true,
    tokenFile: join(folder, "t"),
  });
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
    ["a pace backwards", ["--plant-speed", "-1"], /Use a number from 0 to 3600/],
    ["no number", ["--port", "http"], /from 0 to 65535/],
    ["a time without a zone", ["--time", "2026-07-01T12:00:00"], /with a zone/],
    ["a wire that does not exist", ["--mqtt", "mqtt://b", "--wire", "modbus"], /sparkplug, or json:FILE/],
    [
      "a mapping file that is not there",
      ["--mqtt", "mqtt://b", "--wire", "json:nope"],
      /--wire nope cannot be/,
    ],
    ["alias files that are not there", ["--aliases", "nope.csv"], /--aliases nope.csv cannot be read/],
    ["a filter that is none", ["--mqtt", "mqtt://b", "--filters", "a/#/b"], /# is the last level/],
    ["a filter that takes", ["--mqtt", "mqtt://b", "--filters", "$share/g/a"], /take from others/],
    ["an empty filter", ["--mqtt", "mqtt://b", "--filters", "a,"], /it is empty/],
    ["an ALPN name that is none", ["--mqtt", "mqtts://b", "--mqtt-alpn", "a,,b"], /no protocol's name/],
    ["an empty client id", ["--mqtt", "mqtt://b", "--mqtt-client-id="], /--mqtt-client-id: empty/],
    ["TLS files for a plain address", ["--mqtt", "mqtt://b", "--mqtt-alpn", "mqtt"], /mqtts: or wss:/],
    ["one broker twice", ["--mqtt", "mqtt://b", "--mqtt", "mqtt://b"], /mqtt:\/\/b is given twice/],
    ["nine brokers", Array.from({ length: 9 }, (_, i) => `--mqtt=mqtt://b${i}`), /9 brokers are too many/],
    ["an announced campus of nobody", ["--twin", "announced"], /--twin announced needs --mqtt/],
    [
      "an invented plant in an announced campus",
      ["--mqtt", "mqtt://b", "--twin", "announced", "--fill", "simulated"],
      /--fill does not go with --twin announced/,
    ],
    ["publishing to nobody", ["--allow-publish"], /needs --mqtt/],
    ["saving into a file", ["--save-twin", "c.pem/x"], /cannot be written to \(ENOTDIR/],
    ["a device in place of a file", ["--mqtt", "mqtt://h", "--aliases", "/dev/zero"], /no ordinary file/],
    ["no broker's address", ["--mqtt", "http://x"], /not a broker's address.*mqtt:\/\/host:1883/],
    ["an address that is none", ["--mqtt", "broker"], /not an address/],
    ["TLS files without a broker", ["--mqtt-ca", "x"], /needs --mqtt/],
    ["a certificate without its key", ["--mqtt", "mqtts://b", "--mqtt-cert", "x"], /go together/],
    ["a file that is not there", ["--mqtt", "mqtts://b", "--mqtt-ca", "nope"], /cannot be read \(ENOENT\)/],
    ["a campus that is not there", ["--twin", "nope"], /--twin nope cannot be read as a folder \(ENOENT\)/],
    ["a campus that is a file", ["--twin", "c.pem"], /cannot be read as a folder \(ENOTDIR\)/],
    ["--fill beside the simulated plant", ["--fill", "simulated"], /needs --mqtt/],
    ["a recording that is not there", ["--log", "a.mcap"], /--log .*a\.mcap: there is no such file/],
    ["a recording and a broker", ["--log", "a.mcap", "--mqtt", "mqtt://a"], /--mqtt does not go with --log/],
    ["how long to keep what is not recorded", ["--record-days", "3"], /needs --record/],
    ["recording into a file", ["--record", "c.pem"], /cannot be written to \(ENOTDIR/],
    ["a scenario that there is not", ["--scenario", "picnic"], /--scenario picnic.*liquid-leak/],
    [
      "a scenario beside a broker",
      ["--scenario", "liquid-leak", "--mqtt", "mqtt://h"],
      /does not go with --mqtt/,
    ],
    ["a scenario at another time", ["--scenario", "liquid-leak", "--time", "2026-07-01T12:00:00Z"], /--time/],
    [
      "weather of an outside plant",
      ["--weather", "w.epw", "--mqtt", "mqtt://h"],
      /--weather.*--fill simulated/,
    ],
    ["weather that is not there", ["--weather", "none.epw"], /none\.epw cannot be read \(ENOENT\)/],
    ["a scenario that is none", ["--scenario", "./c.pem"], /--scenario .*c\.pem is no JSON/],
    ["a moment of no scenario", ["--scenario-at", "60"], /--scenario-at needs --scenario/],
  ])("%s", (_what, argv, words) => {
    expect(refused(...argv)).toMatch(words);
  });

  test("credentials in the address, without repeating them", () => {
    const words = refused("--mqtt", "mqtt://operator:hunter2@broker");
    expect(words).toContain("HORINGER_MQTT_PASSWORD");
    expect(words).not.toContain("hunter2");
  });
});

test.each([
  "me:hunter2@broker",
  "wss://broker/mqtt?token=hunter2",
  "mqtt://me:hunter2@bro ker",
  "http://me:hunter2@broker",
])("an address that cannot be read is not repeated where it may hold a password: %s", (address) =>
  expect(refused("--mqtt", address)).not.toContain("hunter2"),
);

describe("several brokers", () => {
  test("share the flags, and each has a secret of its own: one broker never gets another's password", () => {
    const { session } = accepted(
      "--mqtt mqtt://a --mqtt mqtt://b --mqtt mqtt://c --wire dsx --filters BMS/#,HT/# --filters x".split(
        " ",
      ),
      { HORINGER_MQTT_USER: "ua", HORINGER_MQTT_PASSWORD: "pa", HORINGER_MQTT_PASSWORD_3: "pc" },
    );
    expect(session.brokers.map(({ url, username, password }) => [url, username, password])).toEqual([
      ["mqtt://a", "ua", "pa"],
      ["mqtt://b", null, null],
      ["mqtt://c", null, "pc"],
    ]);
    for (const { wire, filters } of session.brokers)
      expect([wire, filters]).toEqual(["dsx", ["BMS/#", "HT/#", "x"]]);
  });

  const entries = `{ "lang": "en", "brokers": [
    { "mqtt": "mqtts://a", "mqtt-ca": "ca.pem", "wire": "sparkplug", "mqtt-alpn": ["mqtt", "x-amzn-mqtt-ca"] },
    { "mqtt": "mqtt://b", "wire": "json:map.json", "filters": "site/#", "mqtt-client-id": "wall-1" },
  ] }`;

  test("differ in a configuration file, whose paths start at the file", () => {
    mkdirSync(join(folder, "site"), { recursive: true });
    for (const name of ["ca.pem", "map.json"]) write(join("site", name), "{}");
    const file = write(join("site", "brokers.json"), entries);
    const { session } = accepted(["--config", file], { HORINGER_MQTT_PASSWORD_2: "pb" });
    expect(session.brokers).toEqual([
      {
        url: "mqtts://a",
        caFile: join(folder, "site", "ca.pem"),
        certFile: null,
        keyFile: null,
        username: null,
        password: null,
        clientId: null,
        alpn: ["mqtt", "x-amzn-mqtt-ca"],
        wire: "sparkplug",
        mappingFile: null,
        filters: null,
      },
      {
        url: "mqtt://b",
        caFile: null,
        certFile: null,
        keyFile: null,
        username: null,
        password: "pb",
        clientId: "wall-1",
        alpn: [],
        wire: "json",
        mappingFile: join(folder, "site", "map.json"),
        filters: ["site/#"],
      },
    ]);
    const printed = write("printed.json", printConfig(accepted(["--config", file])));
    expect(accepted(["--config", printed]).session).toEqual(accepted(["--config", file]).session);
    expect(accepted(["--config", file, "--mqtt", "mqtt://other"]).session.brokers).toHaveLength(1);
    expect(refused("--config", file, "--wire", "dsx")).toMatch(/does not say for which/);
  });

  test.each([
    [`{"brokers": {}}`, /must be a list of objects/],
    [`{"brokers": []}`, /must be a list of objects/],
    [`{"brokers": [{"wire": "dsx"}]}`, /needs one "mqtt"/],
    [`{"brokers": [{"mqtt": "mqtt://b", "lang": "en"}]}`, /"lang" in .* is not an option of one broker/],
    [`{"brokers": [{"mqtt": "mqtt://b"}], "mqtt": "mqtt://c"}`, /has both "mqtt" and "brokers"/],
    [`{"brokers": [{"mqtt": "mqtt://b", "mqtt-ca": "c.json"}]}`, /mqtts: or wss:/],
  ])("%s is refused", (content, words) => {
    write("c.json", "{}");
    expect(refused("--config", write("bad.json", content))).toMatch(words);
  });
});

test("an announced campus, saved where the page may save it", () => {
  write("names.csv", "");
  const { session } = accepted(
    "--mqtt mqtt://b --twin announced --save-twin new/twin --aliases names.csv --aliases names.csv".split(
      " ",
    ),
  );
  expect([session.announced, session.twinDirectory]).toEqual([true, null]);
  expect(session.saveDirectory).toBe(join(folder, "new", "twin"));
  expect(session.aliasFiles).toEqual([join(folder, "names.csv"), join(folder, "names.csv")]);
});

test("a year of weather is read to its end before anything starts", () => {
  write("w.epw", epwText());
  const besideBroker = accepted(["--mqtt", "mqtt://b", "--fill", "simulated", "--weather", "w.epw"]);
  expect(besideBroker.session.weatherFile).toBe(join(folder, "w.epw"));
  write(
    "bad.epw",
    epwText((cells, hour) => (hour === 50 ? null : cells)),
  );
  expect(refused("--weather", "bad.epw")).toMatch(
    /bad\.epw, line \d+: hour 51 of the year is missing.*Use an EPW/,
  );
});

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
    [`{"log": "a.mcap"}`, /--log .*a\.mcap: there is no such file/],
  ])("%s is refused", (content, words) => {
    expect(refused("--config", write("bad.json", content))).toMatch(words);
  });
});

test("the help text names every option that works and none that does not", () => {
  const help = helpText();
  for (const name of Object.keys(optionTable))
    expect(new RegExp(`^  --${name}( |$)`, "m").test(help), name).toBe(true);
  for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(120);
});
