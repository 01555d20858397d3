import type { ClassName } from "#twins/model/metric.ts";
import type { BoundLimit, Limit, Priority, StateLimit } from "./limit.ts";

const second = 1000;
const minute = 60_000;

type Bound = Pick<BoundLimit, "at" | "deadband" | "priority" | "source"> &
  Partial<Pick<BoundLimit, "onDelayMs" | "offDelayMs" | "offBelow">>;

const bounds = (
  kind: "high" | "low",
  [className, metric]: readonly [ClassName, string],
  list: readonly Bound[],
): readonly Limit[] =>
  list.map((each, i) => ({
    id: `${className}.${metric}.${kind}${i + 1}`,
    kind,
    className,
    metric,
    onDelayMs: minute,
    offDelayMs: 0,
    ...each,
  }));

const state = (
  [className, metric]: readonly [ClassName, string],
  {
    codes,
    priority,
    source,
    onDelayMs = 0,
  }: Pick<StateLimit, "codes" | "priority" | "source"> & Partial<StateLimit>,
): Limit => ({
  id: `${className}.${metric}.state${codes.join("")}`,
  kind: "state",
  className,
  metric,
  priority,
  source,
  codes,
  onDelayMs,
  offDelayMs: 0,
});

/** Codes 2 and 3 of the catalogue's machine status: fault, locked out. */
const trips = (className: ClassName, priority: Priority, why: string): Limit =>
  state([className, "status"], {
    codes: [2, 3],
    priority,
    onDelayMs: 5 * second,
    source: `ours: ${why}`,
  });

const tc99 = "ASHRAE TC 9.9, Thermal Guidelines, 5th ed. (2021)";

/**
 * Limits of the product: few, each with its reason (docs/ALARMS.md is held against this table). Limits of one metric and
 * side make a ladder, mildest first: only the worst that is passed is an alarm.
 */
export const limits: readonly Limit[] = [
  ...bounds(
    "high",
    ["rack", "inletTemperature"],
    [
      {
        at: 27,
        deadband: 0.5,
        priority: "low",
        onDelayMs: 5 * minute,
        offDelayMs: minute,
        source: `${tc99}: recommended up to 27 °C; GB 50174-2017: cold aisle 18–27 °C`,
      },
      { at: 32, deadband: 1, priority: "high", source: `${tc99}: class A1 allowable up to 32 °C` },
      {
        at: 35,
        deadband: 1,
        priority: "critical",
        onDelayMs: 30 * second,
        source: `${tc99}: class A2 allowable up to 35 °C`,
      },
    ],
  ),
  ...bounds(
    "high",
    ["rack", "liquidSupplyTemperature"],
    [
      { at: 40, deadband: 1, priority: "medium", source: `${tc99}: class W40` },
      { at: 45, deadband: 1, priority: "high", onDelayMs: 30 * second, source: `${tc99}: class W45` },
    ],
  ),
  state(["rack", "leakDetect"], {
    codes: [1],
    priority: "critical",
    source: "ours: liquid at servers under voltage; nobody waits for a second look",
  }),
  ...bounds(
    "high",
    ["crah", "supplyTemperature"],
    [
      {
        at: 27,
        deadband: 1,
        priority: "medium",
        onDelayMs: 3 * minute,
        source: `${tc99}: what it supplies is over what inlets should have`,
      },
    ],
  ),
  ...bounds(
    "high",
    ["crah", "filterPressure"],
    [
      {
        at: 250,
        deadband: 20,
        priority: "low",
        onDelayMs: 10 * minute,
        source: "EN 779:2012: final pressure drop of coarse filters, 250 Pa",
      },
    ],
  ),
  trips("crah", "medium", "others of the room take over; redundancy is gone"),
  ...bounds(
    "high",
    ["cdu", "supplyTemperature"],
    [
      { at: 40, deadband: 1, priority: "medium", source: `${tc99}: class W40` },
      { at: 45, deadband: 1, priority: "critical", onDelayMs: 30 * second, source: `${tc99}: class W45` },
    ],
  ),
  state(["cdu", "leakDetect"], {
    codes: [1],
    priority: "critical",
    source: "ours: liquid in the white space",
  }),
  trips("cdu", "high", "a row of cold plates lasts minutes without flow"),
  trips("chiller", "high", "thermal storage covers minutes"),
  trips("coolingTower", "medium", "others of the plant take over; redundancy is gone"),
  ...bounds(
    "low",
    ["coolingTower", "leavingTemperature"],
    [
      {
        at: 5,
        deadband: 1,
        priority: "medium",
        onDelayMs: 5 * minute,
        source: "SPX Marley, Aquatower user manual, Freezing weather operation: not below 2 to 5 °C",
      },
      {
        at: 2,
        deadband: 1,
        priority: "high",
        source: "SPX Marley, Aquatower user manual, Freezing weather operation: not below 2 to 5 °C",
      },
    ],
  ),
  trips("pump", "medium", "the stand-by pump takes over; redundancy is gone"),
  state(["ups", "supplyMode"], {
    codes: [3],
    priority: "medium",
    source: "ours: the load is on raw mains",
    onDelayMs: 10 * second,
  }),
  state(["ups", "supplyMode"], {
    codes: [2],
    priority: "high",
    source: "ours: minutes are left; generators start within 10 s",
    onDelayMs: 15 * second,
  }),
  state(["ups", "supplyMode"], { codes: [0], priority: "critical", source: "ours: the path is dead" }),
  ...bounds(
    "low",
    ["ups", "batteryCharge"],
    [
      {
        at: 50,
        deadband: 5,
        priority: "medium",
        source: "ours: half the autonomy is gone",
        onDelayMs: 10 * second,
      },
      {
        at: 20,
        deadband: 5,
        priority: "critical",
        source: "ours: shut down in good order now",
        onDelayMs: 0,
      },
    ],
  ),
  ...bounds(
    "high",
    ["ups", "loadRate"],
    [
      {
        at: 90,
        deadband: 5,
        priority: "medium",
        source: "ours: no room for a step of load",
      },
      {
        at: 100,
        deadband: 5,
        priority: "high",
        source: "IEC 62040-3: overload is for minutes",
        onDelayMs: 10 * second,
      },
    ],
  ),
  trips("ups", "high", "one of two paths"),
  trips("generator", "high", "the last source when the grid fails"),
  ...bounds(
    "high",
    ["transformer", "loadRate"],
    [
      {
        at: 100,
        deadband: 5,
        priority: "low",
        source: "IEC 60076-7: over the rating only in cycles or emergencies",
        onDelayMs: 15 * minute,
        offDelayMs: minute,
      },
      {
        at: 130,
        deadband: 5,
        priority: "high",
        source: "IEC 60076-7: cyclic loading of large power transformers, current up to 1.3",
      },
    ],
  ),
  ...(
    [
      ["low", 49.8, "medium"],
      ["low", 49.5, "high"],
      ["high", 50.2, "medium"],
      ["high", 50.5, "high"],
    ] as const
  ).map(
    ([kind, at, priority]): Limit => ({
      id: `substation.frequency.${kind}${priority === "high" ? 2 : 1}`,
      kind,
      className: "substation",
      metric: "frequency",
      priority,
      at,
      deadband: 0.02,
      onDelayMs: 5 * second,
      offDelayMs: 0,
      // A bus without voltage has no frequency: that is no deviation.
      offBelow: 40,
      source: "GB/T 15945-2008: ±0.2 Hz, in small systems ±0.5 Hz",
    }),
  ),
  ...bounds(
    "high",
    ["battery", "temperature"],
    [
      {
        at: 45,
        deadband: 2,
        priority: "high",
        source: "ours: charging limit of common LFP cells, 45 °C",
      },
      {
        at: 60,
        deadband: 2,
        priority: "critical",
        source: "ours: discharging limit of common LFP cells, 60 °C",
        onDelayMs: 0,
      },
    ],
  ),
  state(["battery", "smokeDetect"], {
    codes: [1],
    priority: "critical",
    source: "NFPA 855: smoke in a container of cells is told at once",
  }),
  trips("battery", "medium", "less storage"),
  trips("windTurbine", "low", "less wind power; its maker looks after it"),
];
