import { EdgeStation, type Metric, type SentMessage } from "#feed/wire/sparkplug.fixture.ts";
import type { Recorded } from "./recording.ts";

/** Aliases file of the twin that the session is replayed into (twins/model/sample.fixture.ts). */
export const goldenAliases = [
  "plant/n1/chiller-1,east/b01/ch01",
  "n1/meter-1,east/b01/m-main",
  "plant/n2/pod,west/pods/f1/r1",
  "plant/n2/pod/CDU A,west/pods/f1/r1/cdu01",
].join("\n");

const startMs = Date.UTC(2026, 10, 23, 12);

const measured = (name: string, unit: string, more: Metric): Metric => ({
  name,
  properties: { engUnit: { type: "String", value: unit } },
  ...more,
});

/** What the nodes announce; `east/b01/...` names racks by their ids, in the path of the metric. */
const nodeMetrics = (timestamp: number): readonly Metric[] => [
  { name: "Node Control/Rebirth", type: "Boolean", value: false, timestamp },
  { name: "Node Info/Serial", type: "String", value: "SN-0815", timestamp },
  measured("east/b01/f1/r1/row01/k01/power", "W", { alias: 1, type: "Int32", value: 4200, timestamp }),
  measured("east/b01/f1/r1/row01/k02/power", "kW", { alias: 2, type: "Float", value: 5.5, timestamp }),
  measured("east/b01/f1/r1/row01/k01/RackAirInletTemperature", "°F", {
    alias: 3,
    type: "Int16",
    value: 73,
    timestamp,
  }),
  { name: "east/b01/f1/r1/row01/k01/leakDetect", alias: 4, type: "Boolean", value: false, timestamp },
];

const chillerMetrics = (timestamp: number): readonly Metric[] => [
  { name: "status", alias: 1, type: "UInt8", value: 1, timestamp },
  measured("power", "kW", { alias: 2, type: "Double", value: 310.25, timestamp }),
  { name: "nameplate", type: "DataSet", value: dataSet, timestamp },
  { name: "motor", type: "Template", value: template, timestamp },
  { name: "commissioned", type: "DateTime", value: startMs - 1e10, timestamp },
  { name: "uid", type: "UUID", value: "7e0a", timestamp },
  { name: "note", type: "Text", value: "冷机一号", timestamp },
  { name: "curve", type: "Bytes", value: Uint8Array.of(1, 2, 3, 4), timestamp },
  { name: "firmware", type: "File", value: Uint8Array.of(5, 6), timestamp },
];

const dataSet = {
  numOfColumns: 2,
  columns: ["key", "value"],
  types: ["String" as const, "Double" as const],
  rows: [
    ["COP", 6.1],
    ["kW", 350],
  ],
};

const template = {
  isDefinition: false,
  templateRef: "Motor",
  metrics: [{ name: "rpm", type: "Int32" as const, value: 1480 }],
};

const meterMetrics = (timestamp: number): readonly Metric[] => [
  measured("ActiveEnergy", "Wh", { alias: 70_000, type: "UInt64", value: 8_000_000_000_000, timestamp }),
  measured("ActivePower", "kW", { alias: 70_001, type: "UInt32", value: 900, timestamp }),
  measured("PowerFactor", "kW", { alias: 70_002, type: "Float", value: 0.98, timestamp }),
];

const podMetrics = (timestamp: number): readonly Metric[] => [
  measured("CDU A/power", "kW", { alias: 1, type: "Int8", value: -3, timestamp }),
  measured("CDU A/LiquidFlow", "m3/h", { alias: 2, type: "UInt16", value: 42, timestamp }),
  measured("CDU B/power", "kW", { alias: 3, type: "Int64", value: 11, timestamp }),
];

/** Records a session of two nodes and three devices: an hour of births, data, faults, deaths and outages. */
export const recordGolden = (): readonly Recorded[] => {
  const events: Recorded[] = [];
  let atMs = startMs;
  const n1 = new EdgeStation("plant", "n1", startMs);
  const n2 = new EdgeStation("plant", "n2", startMs);
  const hear = ({ topic, payload }: SentMessage, kind: "message" | "kept" = "message"): void => {
    events.push({ kind, atMs, topic, payload });
    atMs += 7;
    n1.nowMs = atMs;
    n2.nowMs = atMs - 1500; // its clock is behind
  };
  const wait = (ms: number, kind: "second" | "lost" | "open" = "second"): void => {
    atMs += ms;
    events.push({ kind, atMs });
  };
  const birthOne = (): void => {
    hear(n1.nodeBirth(nodeMetrics(atMs)));
    hear(n1.deviceBirth("chiller-1", chillerMetrics(atMs)));
    hear(n1.deviceBirth("meter-1", meterMetrics(atMs)));
  };
  const birthTwo = (): void => {
    hear(n2.nodeBirth());
    hear(n2.deviceBirth("pod", podMetrics(n2.nowMs)));
  };

  hear(n1.nodeData([{ alias: 2, type: "Float", value: 1 }])); // before any birth
  hear(n2.nodeBirth(), "kept");
  birthOne();
  birthTwo();
  // Two rounds of seq, and a register that counts.
  for (let i = 1; i <= 260; i++) {
    const timestamp = atMs;
    hear(n1.nodeData([{ alias: 1, type: "Int32", value: 4200 + ((i * 37) % 400), timestamp }]));
    if (i % 4 === 0)
      hear(
        n1.deviceData("meter-1", [
          { alias: 70_000, type: "UInt64", value: 8_000_000_000_000 + i * 250, timestamp },
          { alias: 70_001, type: "UInt32", value: 900 + (i % 50), timestamp },
        ]),
      );
    if (i % 10 === 0)
      hear(n2.deviceData("pod", [{ alias: 2, type: "UInt16", value: 40 + (i % 7), timestamp }]));
    if (i % 20 === 0) wait(1000);
  }
  const chiller = (metric: Metric): SentMessage =>
    n1.deviceData("chiller-1", [{ timestamp: atMs, alias: 2, type: "Double", ...metric }]);
  hear(chiller({ value: 300, isHistorical: true }));
  hear(chiller({ value: null }));
  hear(chiller({ value: Number.NaN }));
  hear(chiller({ value: 320, properties: { Quality: { type: "Int32", value: 500 } } }));
  hear(chiller({ value: 7, type: "Int32" }));
  hear(chiller({ alias: 99, value: 1 }));
  const torn = chiller({ value: 333 });
  hear({ topic: torn.topic, payload: torn.payload.subarray(0, torn.payload.length - 9) });
  n2.lose(5);
  hear(n2.deviceData("pod", [{ alias: 1, type: "Int8", value: 9, timestamp: n2.nowMs }]));
  wait(5000);
  const oldWill = n1.nodeDeath();
  n1.bdSeq = 1;
  birthOne();
  hear(oldWill);
  hear(n1.deviceDeath("meter-1"));
  wait(1000, "lost");
  wait(9000, "open");
  hear(n1.nodeData([{ alias: 2, type: "Float", value: 6.25, timestamp: atMs }]));
  hear(n2.nodeDeath());
  wait(3_600_000);
  n2.bdSeq = 1;
  birthTwo();
  hear(n2.deviceData("pod", [{ alias: 1, type: "Int8", value: 12, timestamp: n2.nowMs }]));
  wait(1000);
  return events;
};
