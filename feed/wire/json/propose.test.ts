import fc from "fast-check";
import { expect, test } from "vitest";
import { withAliasFiles } from "#feed/alias-files.ts";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { readMapping } from "./load.ts";
import { Observer } from "./observe.ts";
import { recordedMessages, shippedWires, wireFile } from "./recorded.fixture.ts";
import { proposeMapping } from "./write-mapping.ts";

const twin = await withAliasFiles(
  await smallCampus(2000),
  shippedWires.map((wire) => wireFile(wire, "aliases.csv")),
);
const rack = "a/hero/f1/r1/row01/k02";

const proposed = (messages: readonly (readonly [topic: string, payload: unknown])[]) => {
  const observer = new Observer();
  for (const [topic, payload] of messages)
    observer.observe(topic, Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)));
  const result = proposeMapping(twin, observer);
  const read = readMapping("proposed.jsonc", result.text);
  if (!read.ok) throw new Error(`${JSON.stringify(read.error)}\n${result.text}`);
  return { ...result, mapping: read.value, observer };
};

test("of the shipped wires' messages, what names say is in effect, and the file is accepted", () => {
  const now = Date.now();
  const all = shippedWires.flatMap((wire) =>
    recordedMessages(wire, now).map(({ topic, payload }) => [topic, payload] as const),
  );
  const { mapping, templates, values, remarks, text } = proposed(all);
  expect([templates, values, remarks > 50]).toEqual([3, 7, true]);
  expect(mapping.filters).toEqual(["donghuan/+/yc", "telegraf/tg-hero-1/redfish", "zigbee2mqtt/+"]);
  expect(mapping.templates.flatMap(({ values: own }) => own.map(({ metric }) => metric)).sort()).toEqual([
    "fanSpeed",
    "inputPower",
    "loadRate",
    "power",
    "powerFactor",
    "returnTemperature",
    "supplyTemperature",
  ]);
  expect(text).toContain("perhaps inletTemperature or outletTemperature");
  expect(text).toContain('2 of one asset in a message: add "reduce" if power is made of them');
  expect(text).toContain('"zone": "+08:00"');
});

test("an asset is found by its id over several levels, a metric by its id, a unit in the name", () => {
  const [building = "", ...rest] = rack.split("/");
  const { mapping, text } = proposed([
    [
      `plant/${rack.replaceAll("/", "_")}`,
      { site: building, path: rest.join("/"), inletTemperature_celsius: 24.5, ts: Date.now() },
    ],
  ]);
  expect(text).toContain('"asset": "{$.site}/{$.path}"');
  expect(mapping.templates[0]?.values).toMatchObject([{ metric: "inletTemperature", unit: "Cel" }]);
  expect(mapping.templates[0]?.time?.path.text).toBe("$.ts");
});

test("without an asset that is known, or a name that says it, nothing is in effect", () => {
  expect(proposed([["a/b", { power_watts: 5 }]])).toMatchObject({ templates: 0, values: 0, remarks: 1 });
  expect(proposed([[`a/x`, { id: rack, watt: 5, temperature: 20 }]])).toMatchObject({
    templates: 0,
    values: 0,
  });
});

test("known wires, the broker's own topics and what is no JSON are left out, and counted", () => {
  const { observer } = proposed([
    ["BMS/v1/PUB/Value/Rack/RackPower/x", { value: 1 }],
    ["spBv1.0/g/NBIRTH/n", "…"],
    ["$SYS/uptime", "1"],
    ["a", "on"],
    ["a", "5"],
    ["a", "{"],
  ]);
  expect(observer).toMatchObject({ messages: 6, known: 3, notJson: 3, dropped: 0 });
  expect(observer.kinds).toEqual([]);
});

test("a flood of kinds is bounded", () => {
  const observer = new Observer();
  for (let i = 0; i < 5000; i++) observer.observe(`k${i}/x`, Buffer.from(`{"v":${i}}`));
  expect(observer.kinds).toHaveLength(500);
  expect(observer.dropped).toBe(4500);
  for (let i = 0; i < 5000; i++) observer.observe("k1/x", Buffer.from('{"v":1}'));
  expect(observer.kinds.find(({ messages }) => messages > 1000)?.samples.length).toBeLessThanOrEqual(40);
});

test("whatever comes, the file is accepted: no name of a field can break out of a remark or a text", () => {
  const name = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom("power_watts", "name", "value", "*/", "\n}", '"', "\u2028x", "a.b", "ts", "[*]", "{x}"),
  );
  const leaf = fc.oneof(
    fc.double({ noNaN: true }),
    fc.string({ maxLength: 8 }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(rack),
  );
  const object = fc.dictionary(name, leaf, { maxKeys: 5 });
  const payload = fc.oneof(
    object,
    fc.record({ m: fc.array(object, { maxLength: 3 }), id: fc.constant(rack) }),
    fc.jsonValue(),
  );
  const topic = fc
    .array(fc.oneof(name, fc.constant("k")), { minLength: 1, maxLength: 4 })
    .map((levels) => levels.join("/").replace(/[+#\0]/g, "_"))
    .filter((text) => text !== ""); // MQTT 4.7.3-1: a topic has at least one character
  fc.assert(
    fc.property(fc.array(fc.tuple(topic, payload), { maxLength: 6 }), (messages) => {
      proposed(messages);
    }),
    { numRuns: 300 },
  );
});
