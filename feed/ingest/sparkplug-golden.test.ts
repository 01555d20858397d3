import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { publisherStatus } from "#feed/tables/publishers.ts";
import { decodeRecording, encodeRecording, type Recorded } from "#feed/wire/sparkplug.golden/recording.ts";
import { goldenAliases, recordGolden } from "#feed/wire/sparkplug.golden/session.ts";
import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import type { IntakeContext } from "./context.ts";
import { SparkplugBed } from "./sparkplug-bed.fixture.ts";

const folder = new URL("../wire/sparkplug.golden/", import.meta.url);
const sessionFile = new URL("session.bin", folder);
const hashFile = new URL("session.sha256", folder);
const twin = loadTwin(sampleFiles({ "aliases.csv": goldenAliases }));

/** Records anew: `RECORD_GOLDEN=1 vitest run sparkplug-golden`. */
const isRecording = process.env["RECORD_GOLDEN"] === "1";
if (isRecording) writeFileSync(sessionFile, encodeRecording(recordGolden()));

const replay = (events: readonly Recorded[]): IntakeContext => {
  const bed = new SparkplugBed(twin, events[0]!.atMs);
  for (const event of events) {
    bed.nowMs = event.atMs;
    if (event.kind === "message" || event.kind === "kept") bed.hear(event, event.kind === "kept");
    else if (event.kind === "second") bed.wait(0);
    else bed.connection(event.kind === "open");
  }
  bed.wait(0);
  return bed.context;
};

/** Everything that a session leaves behind, as text: to the bit, and by ids, so that other classes change nothing. */
const contentsOf = ({ store, bindings, faults, unmapped, counters }: IntakeContext): readonly string[] => {
  const lines: string[] = [];
  const bits = new DataView(new ArrayBuffer(8));
  const exact = (value: number): string => {
    bits.setFloat64(0, value);
    return bits.getBigUint64(0).toString(16);
  };
  for (const table of store.tables.all)
    for (let cell = 0; cell < table.status.length; cell++) {
      if (table.stamp[cell] === 0) continue;
      const row = Math.trunc(cell / table.columns);
      const id = `${twin.idOf({ className: table.spec.name, row })} ${table.spec.metrics[cell % table.columns]!.id}`;
      const times = `${table.sampleTimeMs[cell]} ${table.receivedTimeMs[cell]}`;
      const publisher = store.publishers.all[table.publisher[cell]!]!.id;
      lines.push(
        `${id} ${exact(table.value[cell]!)} ${table.status[cell]} ${times} ${publisher} ${bindings.topicOf(table.binding[cell]!)}`,
      );
    }
  for (const publisher of store.publishers.all.slice(1)) {
    const { id, state, points } = publisherStatus(publisher, 0, 0);
    lines.push(`${id} ${state} ${points}`);
  }
  lines.push(JSON.stringify(faults.byCode()), JSON.stringify(unmapped.list(1000, "")));
  lines.push(JSON.stringify([counters.messages, counters.points, [...counters.drops]]));
  return lines;
};

const hashOf = (context: IntakeContext): string =>
  createHash("sha256").update(contentsOf(context).join("\n")).digest("hex");

const events = decodeRecording(readFileSync(sessionFile));
if (isRecording) writeFileSync(hashFile, `${hashOf(replay(events))}\n`);

test("the recording is what its script makes with another implementation", () => {
  expect(Buffer.from(encodeRecording(recordGolden())).equals(readFileSync(sessionFile))).toBe(true);
});

test("its replay leaves the tables of the committed hash, to the bit, every time", () => {
  const committed = readFileSync(hashFile, "utf8").trim();
  for (let run = 0; run < 3; run++) expect(hashOf(replay(events))).toBe(committed);
});

test("one bit of one value changes the hash", () => {
  const at = events.findLastIndex(({ kind }) => kind === "message");
  const last = events[at]!;
  if (!("payload" in last)) throw new Error("the last event is no message");
  const payload = Uint8Array.from(last.payload);
  payload[payload.indexOf(12, payload.length - 6)]! ^= 1;
  const changed = events.with(at, { ...last, payload });
  expect(hashOf(replay(changed))).not.toBe(hashOf(replay(events)));
});

test("the session has all that it is to prove", () => {
  const { faults, counters, unmapped, store } = replay(events);
  expect(faults.byCode()).toMatchInlineSnapshot(`
    {
      "alias-unknown": 1,
      "birth-missing": 2,
      "historical": 1,
      "payload-malformed": 1,
      "point-unmapped": 1,
      "quality-bad": 1,
      "sequence-gap": 1,
      "session-mismatch": 1,
      "type-unsupported": 8,
      "unit-conflict": 1,
      "value-not-finite": 1,
      "value-null": 1,
      "value-type": 1,
    }
  `);
  expect([counters.messages, counters.points, unmapped.total]).toMatchInlineSnapshot(`
    [
      376,
      442,
      10,
    ]
  `);
  expect(
    store.publishers.all.slice(1).map((each) => `${each.id} ${publisherStatus(each, 0, 0).state}`),
  ).toMatchInlineSnapshot(`
    [
      "plant/n1 live",
      "plant/n1/chiller-1 live",
      "plant/n1/meter-1 gone",
      "plant/n2 live",
      "plant/n2/pod live",
    ]
  `);
  expect(contentsOf(replay(events)).filter((line) => line.includes(" spBv1.0/"))).toMatchInlineSnapshot(`
    [
      "east/b01/f1/r1/row01/k01 power 4010ccccc0000000 7 1795435220562 1795435220562 plant/n1 spBv1.0/plant/NDATA/n1#east/b01/f1/r1/row01/k01/power",
      "east/b01/f1/r1/row01/k01 inletTemperature 4036c71c80000000 7 1795435220562 1795435220562 plant/n1 spBv1.0/plant/NDATA/n1#east/b01/f1/r1/row01/k01/RackAirInletTemperature",
      "east/b01/f1/r1/row01/k01 leakDetect 0 7 1795435220562 1795435220562 plant/n1 spBv1.0/plant/NDATA/n1#east/b01/f1/r1/row01/k01/leakDetect",
      "east/b01/f1/r1/row01/k02 power 4019000000000000 7 1795435230597 1795435230597 plant/n1 spBv1.0/plant/NDATA/n1#east/b01/f1/r1/row01/k02/power",
      "west/pods/f1/r1/cdu01 power 4028000000000000 7 1795438829125 1795438830625 plant/n2/pod spBv1.0/plant/DDATA/n2/pod#CDU A/power",
      "west/pods/f1/r1/cdu01 flow 4085e00000000000 7 1795438829118 1795438830618 plant/n2/pod spBv1.0/plant/DDATA/n2/pod#CDU A/LiquidFlow",
      "east/b01/ch01 power 4073640000000000 7 1795435220569 1795435220569 plant/n1/chiller-1 spBv1.0/plant/DDATA/n1/chiller-1#power",
      "east/b01/ch01 status 3ff0000000000000 7 1795435220569 1795435220569 plant/n1/chiller-1 spBv1.0/plant/DDATA/n1/chiller-1#status",
      "east/b01/m-main power 408c200000000000 143 1795435220576 1795435220576 plant/n1/meter-1 spBv1.0/plant/DDATA/n1/meter-1#ActivePower",
      "east/b01/m-main energy 41fdcd6500000000 143 1795435220576 1795435220576 plant/n1/meter-1 spBv1.0/plant/DDATA/n1/meter-1#ActiveEnergy",
    ]
  `);
});
