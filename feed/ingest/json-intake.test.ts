import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withAliasFiles } from "#feed/alias-files.ts";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import {
  recordedLeftovers,
  recordedMessages,
  recordedValues,
  shippedWires,
  wireFile,
} from "#feed/wire/json/recorded.fixture.ts";
import { jsonBed, bedNowMs as now } from "./json-bed.fixture.ts";

const twin = await smallCampus(2000);
const rack = "a/hero/f1/r1/row01/k02";
const crah = "a/hero/f1/r1/crah01";

/** A mapping of one template: `x/{id}`, the asset at the second level, unless said otherwise. */
const template = (more: object): string =>
  JSON.stringify({
    mapping: 1,
    templates: [{ name: "t", topic: "x/{id#}", asset: "{id}", time: { path: "$.t", format: "ms" }, ...more }],
  });
const power = { path: "$.p", metric: "power", unit: "W" };
const bedOf = (more: object) => jsonBed(twin, template(more));

describe.each(shippedWires)("%s", (wire) => {
  test("its recorded messages give the values they say, and nothing else", async () => {
    const aliased = await withAliasFiles(twin, [wireFile(wire, "aliases.csv")]);
    expect(aliased.problems).toEqual(twin.problems);
    const bed = jsonBed(aliased, readFileSync(wireFile(wire, "mapping.jsonc"), "utf8"));
    for (const { topic, payload } of recordedMessages(wire, now)) bed.send(topic, payload);
    const values = recordedValues[wire];
    for (const [point, value] of Object.entries(values)) {
      expect(bed.shown(point).value, point).toBeCloseTo(value, value > 1e5 ? 1 : 4);
      expect(bed.shown(point), point).toMatchObject({ freshness: "fresh", sampleMs: now });
    }
    expect(bed.context.counters.points).toBe(Object.keys(values).length + (wire === shippedWires[0] ? 1 : 0));
    const { faults, unmapped } = recordedLeftovers[wire];
    expect(bed.faults()).toEqual(faults);
    const places = Object.entries(bed.unmapped()).map(([topic, why]) =>
      [topic.split("#").at(-1), why].join(": "),
    );
    expect([...new Set(places)].sort()).toEqual(unmapped.toSorted());
  });
});

test("a value is scaled, moved and converted in this order, and has its source time", () => {
  const bed = bedOf({
    values: [{ path: "$.d", metric: "inletTemperature", unit: "K", scale: 0.1, offset: 3 }],
  });
  bed.send(`x/${rack}`, { d: 2941.5, t: now - 5000 });
  expect(bed.shown(`${rack} inletTemperature`)).toMatchObject({ quality: "good", sampleMs: now - 5000 });
  expect(bed.shown(`${rack} inletTemperature`).value).toBeCloseTo(24, 4);
});

describe("what is wrong is counted for its point:", () => {
  const cases: [string, object, unknown, object][] = [
    ["a field that is not there", { values: [power] }, { t: now }, { "field-missing": 1 }],
    ["a null", { values: [power] }, { p: null, t: now }, { "value-null": 1 }],
    [
      "a word for no reading",
      { values: [{ ...power, noReading: [-9999] }] },
      { p: -9999, t: now },
      { "value-null": 1 },
    ],
    ["an object", { values: [power] }, { p: {}, t: now }, { "value-type": 1 }],
    ["a switch", { values: [power] }, { p: true, t: now }, { "value-type": 1 }],
    ["a text that is no number", { values: [power] }, { p: "0x1F", t: now }, { "value-type": 1 }],
    ["infinity", { values: [power] }, `{"p":1e999,"t":${now}}`, { "value-not-finite": 1 }],
    ["a value beyond all reason", { values: [power] }, { p: 1e9, t: now }, { "value-range": 1 }],
    ["a time that is none", { values: [power] }, { p: 1, t: "noon" }, { "time-missing": 1 }],
    ["a time of 1970", { values: [power] }, { p: 1, t: 1000 }, { "time-past": 1 }],
    ["a time to come", { values: [power] }, { p: 1, t: now + 3_600_000 }, { "time-future": 1 }],
    [
      "a unit that does not convert",
      { values: [{ ...power, unit: "$.u" }] },
      { p: 1, u: "kVA", t: now },
      { "unit-conflict": 1 },
    ],
    [
      "a unit that is not said",
      { values: [{ ...power, unit: "$.u" }] },
      { p: 1, t: now },
      { "field-missing": 1 },
    ],
    [
      "a bad quality",
      { values: [{ ...power, quality: { path: "$.q", good: ["OK"] } }] },
      { p: 1, q: "Critical", t: now },
      { "quality-bad": 1 },
    ],
  ];
  test.each(cases)("%s", (_, more, payload, faults) => {
    const bed = bedOf(more);
    bed.send(`x/${rack}`, payload);
    expect(bed.faults()).toEqual(faults);
    const [record] = bed.context.faults.list(() => ({ asset: null, metric: null }), 1);
    expect(record?.points).toMatchObject([{ topic: `x/${rack}#$.p`, count: 1 }]);
    expect(bed.context.bindings.indexOf(`x/${rack}#$.p`)).toBeDefined();
  });

  test("torn JSON", () => {
    const bed = bedOf({ values: [power] });
    bed.send(`x/${rack}`, '{"p":1');
    expect(bed.faults()).toEqual({ "payload-malformed": 1 });
  });
});

test("what says that there is no reading marks the point; what says nothing leaves it", () => {
  const bed = bedOf({ values: [{ ...power, noReading: ["--"] }] });
  bed.send(`x/${rack}`, { p: 5000, t: now - 1000 });
  bed.send(`x/${rack}`, { p: [], t: now - 900 });
  bed.send(`x/${rack}`, { t: now - 800 });
  expect(bed.shown(`${rack} power`)).toMatchObject({ value: 5, quality: "good" });
  bed.send(`x/${rack}`, { p: "--", t: now - 700 });
  expect(bed.shown(`${rack} power`)).toMatchObject({ value: 5, quality: "bad", sampleMs: now - 1000 });
});

test("without a time the receipt stands in, uncertain; of what the broker kept nothing is taken", () => {
  const bed = jsonBed(twin, template({ time: undefined, values: [power] }));
  bed.send(`x/${rack}`, { p: 5000 }, { retained: true });
  expect(bed.shown(`${rack} power`).freshness).toBe("never");
  expect(bed.faults()).toEqual({ "time-missing": 1 });
  bed.send(`x/${rack}`, { p: 5000 });
  expect(bed.shown(`${rack} power`)).toMatchObject({ value: 5, quality: "uncertain", sampleMs: now });
  expect(bed.faults()).toEqual({ "time-missing": 1 });
});

test("a value that the broker hands out again is no fault", () => {
  const bed = bedOf({ values: [power] });
  bed.send(`x/${rack}`, { p: 5000, t: now - 1000 });
  bed.send(`x/${rack}`, { p: 5000, t: now - 1000 }, { retained: true });
  expect(bed.faults()).toEqual({});
  bed.send(`x/${rack}`, { p: 5000, t: now - 1000 });
  expect(bed.faults()).toEqual({ duplicate: 1 });
});

describe("states", () => {
  const states = { 停止: 0, 分: 0, 运行: 1, 合: 1, 故障: 2, true: 1, "1": 1 };
  const more = { values: [{ path: "$.s", metric: "status", states }] };

  test("words, switches and numbers have their codes", () => {
    const bed = bedOf(more);
    for (const [i, [word, code]] of [
      ["运行", 1],
      ["分", 0],
      ["故障", 2],
      [true, 1],
      [1, 1],
    ].entries() as never as [number, [unknown, number]][]) {
      bed.send(`x/${crah}`, { s: word, t: now + i });
      expect(bed.shown(`${crah} status`)).toMatchObject({ value: code, quality: "good" });
    }
    expect(bed.faults()).toEqual({});
  });

  test("a word without one marks the point: what it was before, it is no more", () => {
    const bed = bedOf(more);
    bed.send(`x/${crah}`, { s: "运行", t: now });
    bed.send(`x/${crah}`, { s: "待机", t: now + 1 });
    expect(bed.shown(`${crah} status`)).toMatchObject({ value: 1, quality: "bad" });
    expect(bed.faults()).toEqual({ "state-unknown": 1 });
  });

  test("without words the codes of the metric stand for themselves, and no others", () => {
    const bed = bedOf({ values: [{ path: "$.s", metric: "status" }] });
    bed.send(`x/${crah}`, { s: 2, t: now });
    expect(bed.shown(`${crah} status`).value).toBe(2);
    bed.send(`x/${crah}`, { s: 5, t: now + 1 });
    expect(bed.faults()).toEqual({ "state-unknown": 1 });
  });
});

describe("reduce", () => {
  const reduced = (by: string, of: number) =>
    bedOf({
      each: "$.m[*]",
      values: [{ path: "@.p", metric: "power", unit: "W", reduce: { by, of } }],
    });
  const message = (...values: unknown[]) => ({ t: now, m: values.map((p) => ({ p })) });

  test.each([
    ["sum", 9],
    ["mean", 3],
    ["max", 5],
  ])("%s", (by, value) => {
    const bed = reduced(by, 3);
    bed.send(`x/${rack}`, message(1000, 5000, 3000));
    expect(bed.shown(`${rack} power`)).toMatchObject({ value, quality: "good" });
  });

  test("with fewer or more than there are, the message says nothing", () => {
    const bed = reduced("sum", 3);
    bed.send(`x/${rack}`, message(1000, 5000));
    bed.send(`x/${rack}`, message(1000, 5000, 1, 1));
    expect(bed.shown(`${rack} power`).freshness).toBe("never");
    expect(bed.faults()).toEqual({ "field-missing": 2 });
    bed.send(`x/${rack}`, message(1000, 2000, 3000));
    expect(bed.shown(`${rack} power`).value).toBe(6);
  });

  test("one without a reading is no reading of the whole", () => {
    const bed = reduced("max", 2);
    bed.send(`x/${rack}`, message(1000, null));
    expect(bed.shown(`${rack} power`).quality).toBe("bad");
  });
});

test("several numbers of one point and instant in a message are not picked from", () => {
  const bed = bedOf({
    each: "$.m[*]",
    time: { path: "@.t", format: "ms" },
    values: [{ ...power, path: "@.p" }],
  });
  const m = [1000, 2000, 3000].map((p) => ({ p, t: now }));
  bed.send(`x/${rack}`, { m });
  expect(bed.shown(`${rack} power`).value).toBe(1);
  expect(bed.faults()).toEqual({ duplicate: 2 });
  bed.send(`x/${rack}`, { m: m.map((each, i) => ({ ...each, t: now + i + 1 })) });
  expect(bed.shown(`${rack} power`)).toMatchObject({ value: 3, sampleMs: now + 3 });
  expect(bed.faults()).toEqual({ duplicate: 2 });
});

describe("what has no place is listed, never guessed:", () => {
  test("an unknown asset, a metric that its class lacks, one that is computed", () => {
    const bed = bedOf({
      values: [
        { path: "$.p", metric: "power", unit: "W" },
        { path: "$.l", metric: "load", unit: "%" },
        { path: "$.s", metric: "supplyTemperature", unit: "Cel" },
      ],
    });
    bed.send("x/nobody", { p: 1, l: 1, s: 1, t: now });
    bed.send(`x/${rack}`, { p: 1000, l: 1, s: 1, t: now });
    bed.send("x/a/hero/f1/r1", { p: 1, l: 1, s: 1, t: now });
    expect(bed.unmapped()).toMatchObject({
      "x/nobody#$.p": 'no asset or alias "nobody"',
      [`x/${rack}#$.s`]: "class rack has no metric supplyTemperature",
      "x/a/hero/f1/r1#$.l": "load is computed here",
    });
    expect(bed.faults()).toMatchObject({ "derived-refused": 1 });
    bed.send("x/nobody", { p: 2, l: 2, s: 2, t: now });
    expect(bed.context.unmapped.list(1, "nobody#$.p")[0]?.count).toBe(2);
  });

  test("numbers that no template reads, once a topic has a point", () => {
    const bed = bedOf({ each: "$.m[*]", values: [{ ...power, path: "@.p" }] });
    bed.send(`x/${rack}`, {
      t: now,
      n: 7,
      m: [
        { p: 1, q: 2, deep: { r: 3 } },
        { p: 1, q: 2, "a b": 4 },
      ],
      s: "text",
    });
    expect(Object.keys(bed.unmapped())).toEqual(
      ["$.n", "$.m[*].q", "$.m[*].deep.r", '$.m[*]["a b"]'].map((field) => `x/${rack}#${field}`),
    );
  });
});

test("elements of elements, and members of objects by their names", () => {
  const bed = jsonBed(
    twin,
    template({
      topic: "site",
      asset: "{^.id}",
      each: "$.devices[*].points[*]",
      signal: "{*}",
      path: "@.v",
      signals: {
        inletTemperature: { metric: "inletTemperature", unit: "@.u" },
        功率: { metric: "power", unit: "kW" },
      },
    }),
  );
  bed.send("site", {
    t: now,
    devices: [
      { id: rack, points: { inletTemperature: { v: 75.2, u: "degF" }, 功率: { v: "4.5" }, 湿度: { v: 40 } } },
      { points: { 功率: { v: 1 } } },
    ],
  });
  expect(bed.shown(`${rack} inletTemperature`).value).toBeCloseTo(24, 4);
  expect(bed.shown(`${rack} power`)).toMatchObject({ value: 4.5, quality: "good" });
  expect(bed.faults()).toEqual({ "field-missing": 1, "point-unmapped": 1 });
  expect(bed.unmapped()).toMatchObject({ [`site#${rack} 湿度`]: 'no signal "湿度" in template t' });
});

test("a plant that sends GBK is read as such", () => {
  const mapping = JSON.parse(
    template({ values: [{ path: "$.功率", metric: "power", unit: "W" }] }),
  ) as object;
  const bed = jsonBed(twin, JSON.stringify({ ...mapping, encoding: "gbk" }));
  const name = Buffer.from("b9a6c2ca", "hex"); // 功率
  bed.send(`x/${rack}`, Buffer.concat([Buffer.from('{"'), name, Buffer.from(`":7000,"t":${now}}`)]));
  expect(bed.shown(`${rack} power`)).toMatchObject({ value: 7, quality: "good" });
});

test("two templates of one topic keep their points apart", () => {
  const base = { topic: "x/{id#}", asset: "{id}", time: { path: "$.t", format: "ms" } };
  const bed = jsonBed(
    twin,
    JSON.stringify({
      mapping: 1,
      templates: [
        {
          ...base,
          name: "in",
          when: { "$.at": "in" },
          values: [{ path: "$.v", metric: "inletTemperature", unit: "Cel" }],
        },
        {
          ...base,
          name: "out",
          when: { "$.at": ["out", "rear"] },
          values: [{ path: "$.v", metric: "outletTemperature", unit: "Cel" }],
        },
      ],
    }),
  );
  for (const [at, v] of [
    ["in", 24],
    ["rear", 38],
    ["top", 99],
  ])
    bed.send(`x/${rack}`, { at, v, t: now });
  expect(bed.shown(`${rack} inletTemperature`).value).toBe(24);
  expect(bed.shown(`${rack} outletTemperature`).value).toBe(38);
  expect(bed.context.bindings.bound).toBe(2);
});

test("the publisher is named by the topic, and its points age by the template's period", () => {
  const bed = bedOf({ publisher: "gateway-{id}", periodS: 60, origin: "trace", values: [power] });
  bed.send(`x/${rack}`, { p: 1000, t: now });
  const publisher = bed.context.store.publishers.find(`gateway-${rack}`);
  expect(publisher).toMatchObject({ periodMs: 60_000, origin: 3 });
});

test("a topic of no template is unknown, and a cleared one says nothing", () => {
  const bed = bedOf({ values: [power] });
  bed.send("y/1", { p: 1 });
  bed.send(`x/${rack}`, "");
  expect(bed.faults()).toEqual({ "topic-unknown": 1 });
});

test("a flood of topics is bounded and counted, and does not touch those that have points", () => {
  const bed = bedOf({ values: [power] });
  bed.send(`x/${rack}`, { p: 1000, t: now });
  const flood = 50_000;
  for (let i = 0; i < flood; i++) bed.send(`x/junk/${i}`, { p: 1, t: now });
  expect(bed.context.bindings.size).toBe(1);
  expect(bed.context.unmapped.total).toBe(flood);
  expect(bed.context.unmapped.list(100_000, "")).toHaveLength(10_000);
  bed.send(`x/${rack}`, { p: 2000, t: now + 1 });
  expect(bed.shown(`${rack} power`).value).toBe(2);
});
