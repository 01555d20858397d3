import { describe, expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles, sampleTwin } from "#twins/model/sample.fixture.ts";
import { campus } from "./campus.fixture.ts";
import type { Rig } from "./rig.fixture.ts";
import { createRig } from "./rig.fixture.ts";

const twin = campus();
const run = (rig: Rig, seconds: number, step = 1): void => {
  for (let t = 0; t < seconds; t += step) rig.step(step);
};
const buildingsOn = (rig: Rig, station: string): readonly string[] => {
  const { topology } = rig.power;
  const wanted = rig.row(station);
  const ids = new Set<string>();
  for (const [row, of] of topology.stationOfTransformer.entries())
    if (of === wanted && topology.generatorsOf[topology.buildingOfTransformer[row]!]!.length > 0)
      ids.add(twin.idOf({ className: "building", row: topology.buildingOfTransformer[row]! }));
  return [...ids];
};

describe("substations", () => {
  test("an open one sends its own buildings to their generators, and nobody else's", () => {
    const rig = createRig(twin);
    run(rig, 5);
    rig.set("h/s110b", "open", 1);
    run(rig, 120);
    const own = buildingsOn(rig, "h/s110b");
    expect(own.length).toBeGreaterThan(1);
    for (const building of [...own, ...buildingsOn(rig, "h/s110"), ...buildingsOn(rig, "cw/s110")])
      expect([building, rig.power.onGenerators[rig.row(building)]]).toEqual([
        building,
        own.includes(building) ? 1 : 0,
      ]);
    expect(rig.power.stations.column.voltage[rig.row("h/s110b")]).toBe(0);
    expect(rig.power.stations.column.power[rig.row("h/s110b")]).toBe(0);
    expect(rig.power.grid.generator[0]!).toBeCloseTo(
      own.reduce((sum, id) => sum + rig.power.distribution.main[rig.row(id)]!, 0),
      6,
    );
  });

  test("one that is only planned is passed by: what feeds it feeds what it would feed", () => {
    const rig = createRig(twin);
    run(rig, 5);
    const { stations } = rig.power;
    expect(stations.column.voltage[rig.row("h/s220")]).toBe(0);
    expect(stations.flow[rig.row("h/s500")]!).toBeGreaterThan(0.99 * stations.flow[rig.row("h/s110")]!);
    rig.set("h/s220", "open", 1);
    run(rig, 5);
    expect(stations.perUnit[rig.row("h/s110")]!).toBeGreaterThan(0.9);
    rig.set("h/s500", "open", 1);
    run(rig, 5);
    expect(stations.perUnit[rig.row("h/s110")]).toBe(0);
  });

  test("the main transformers that are left carry all of it, lose more and drop more; without any the station is dark", () => {
    const rig = createRig(twin);
    run(rig, 5);
    const { stations, grid, distribution } = rig.power;
    const station = rig.row("h/s110");
    const own = rig.row("h/mt04");
    const before = { loss: distribution.transformer.loss[own]!, voltage: stations.perUnit[station]! };
    const carried = distribution.transformer.power[own]!;
    for (const row of [1, 2]) rig.set(`h/mt0${row}`, "failed", 1);
    run(rig, 5);
    expect(distribution.transformer.power[own]! / carried).toBeCloseTo(2, 1);
    expect(distribution.transformer.status[rig.row("h/mt01")]).toBe(2);
    expect(stations.perUnit[station]!).toBeLessThan(before.voltage);
    rig.set("h/mt03", "open", 1);
    run(rig, 5);
    expect(distribution.transformer.loss[own]!).toBeGreaterThan(1.5 * before.loss);
    expect(grid.stationLoss[station]!).toBe(distribution.transformer.loss[own]!);
    rig.set("h/mt04", "open", 1);
    run(rig, 5);
    expect(stations.perUnit[station]).toBe(0);
    expect(rig.power.supply.row.every((live) => live === 1)).toBe(true);
  });

  test("more load lowers the voltage; frequency follows the grid's", () => {
    const voltages = [0.2, 0.9].map((load) => {
      const rig = createRig(twin);
      rig.load = load;
      run(rig, 5);
      return rig.power.stations.perUnit[rig.row("h/s110")]!;
    });
    expect(voltages[1]!).toBeLessThan(voltages[0]!);
    const rig = createRig(twin);
    rig.set("site", "frequencyDrop", 0.3);
    rig.step(1);
    expect(rig.power.stations.column.frequency[rig.row("h/s110")]!).toBeCloseTo(49.7, 1);
  });
});

describe("sun, wind and storage at hand-over", () => {
  test("sun from nothing to 60 MW leaves what the campus draws untouched: it is import that falls, by what arrives", () => {
    const rig = createRig(twin);
    run(rig, 5);
    const at = (sun: number) => {
      rig.fields.sun = sun;
      rig.step(0);
      const { grid } = rig.power;
      const supplied = grid.import[0]! + grid.pv[0]! + grid.wind[0]! + grid.storage[0]! + grid.generator[0]!;
      return { total: grid.total[0]!, supplied, import: grid.import[0]!, pv: grid.pv[0]! };
    };
    const night = at(0);
    // By night the step-up station's cores still want their part: its meters run backwards.
    expect(night.pv).toBeLessThan(0);
    for (const sun of [1_000, 20_000, 60_000]) {
      const day = at(sun);
      // Less flows through the campus's own main transformers, which lose a little less.
      expect(Math.abs(day.total / night.total - 1)).toBeLessThan(1e-3);
      expect(day.supplied).toBeCloseTo(day.total, 5);
      expect(day.pv).toBeLessThan(sun);
      expect(day.pv).toBeGreaterThan(0.9 * sun);
      expect(day.import).toBeLessThan(night.import - 0.9 * sun);
    }
  });

  test("no grid, no sun: what gathers it has nothing to follow", () => {
    const rig = createRig(twin);
    rig.fields.sun = 30_000;
    run(rig, 5);
    expect(rig.power.grid.pv[0]!).toBeGreaterThan(29_000);
    rig.set("site", "gridLost", 1);
    run(rig, 5);
    expect(rig.power.grid.pv[0]).toBe(0);
    expect(rig.power.grid.import[0]).toBeCloseTo(0, 9);
  });
});

test("whatever breaks and mends in whatever order: balances hold at every step, and rows end exactly without a path", () => {
  const rig = createRig(twin);
  const faults = [
    ["site", "gridLost"],
    ["site", "sag"],
    ["h/s110", "open"],
    ["h/mt01", "failed"],
    ["a/hero/txm1", "open"],
    ["a/hero/txm2", "failed"],
    ["a/hero/gen02", "failed"],
    ["a/hero/gen03", "failsToStart"],
    ["a/hero/f1/r1/tx1", "open"],
    ["a/hero/f1/r1/ups1", "failed"],
    ["a/hero/f1/r1/ups2", "bypass"],
    ["a/hero/f1/r2/ups2", "batteryAged"],
    ["b/b01/f1/r1/ups1", "failed"],
    ["b/b01/f1/r1/tx2", "failed"],
    ["cw/w01/f1/r1/ups1", "failed"],
    ["cw/w01/f1/r1/row02", "breakerOpenA"],
    ["cw/w01/f1/r1/row02", "breakerOpenB"],
    ["a/hero", "resetByHand"],
  ] as const;
  let dice = 12345;
  const next = (sides: number): number => {
    dice = (Math.imul(dice, 1103515245) + 12345) >>> 1;
    return (dice >>> 8) % sides;
  };
  let darkest = 0;
  for (let i = 0; i < 400; i++) {
    const [id, condition] = faults[next(faults.length)]!;
    rig.set(id, condition, next(2) * (condition === "sag" ? 0.35 : condition === "batteryAged" ? 0.7 : 1));
    rig.load = 0.1 + next(12) / 10;
    rig.fields.sun = next(2) * 25_000;
    // A battery is asked at the start of a step whether it lasts: what has just changed shows in a short one.
    rig.step(1);
    for (let step = 0; step < 4; step++) rig.step([0.5, 1, 10, 60, 900][next(5)]!);
    const { topology, banks, supply } = rig.power;
    const paths = new Uint8Array(supply.row.length);
    for (let feed = 0; feed < topology.bankOfFeed.length; feed++) {
      const row = topology.rowOfFeed[feed]!;
      const open = topology.pathOfFeed[feed] === 0 ? banks.breakerOpenA : banks.breakerOpenB;
      if (banks.column.supplyMode[topology.bankOfFeed[feed]!] !== 0 && open[row] === 0)
        paths[row] = paths[row]! + 1;
    }
    expect([...supply.row]).toEqual([...paths].map((n) => (n > 0 ? 1 : 0)));
    darkest = Math.max(darkest, supply.row.filter((live) => live === 0).length);
  }
  expect(darkest).toBeGreaterThan(0);
});

describe("twins that say little", () => {
  const list = [
    "id,class,nameZh,nameEn,east,north,width,depth,height,up,yawDeg,serves,attributes",
    "north,zone,,North,1000,0,200,200,40,,,,",
    "north/b1,building,,Hall,10,20,60,40,8,,,,",
    "north/b1/f1,floor,,,0,0,60,40,5,,,,",
    "north/b1/f1/r1,room,,,5,0,20,15,4.4,,,,",
    "north/b1/f1/r1/ups-a,ups,,,0,8,4,1.2,2.2,,,north/b1/f1/r1/row1,",
    "north/b1/f1/r1/row1,row,,,0,2,12,1.2,2.2,,,,",
    "north/b1/f1/r1/row1/a,rack,,,-3,0,0.6,1.2,2.2,,,,ratedKw=12",
    "north/b1/f1/r1/row2,row,,,0,-2,12,1.2,2.2,,,,",
    "north/b1/f1/r1/row2/b,rack,,,-3,0,0.6,1.2,2.2,,,,ratedKw=8",
    "north/b1/f1/r1/loose,rack,,,-3,-4,0.6,1.2,2.2,,,,ratedKw=6",
  ].join("\n");
  const listed = loadTwin(
    sampleFiles({ "twin.json": { ...sampleTwin, assets: ["list.csv"] }, "list.csv": list }),
  );

  test("hang on the grid itself where no station feeds them, and add up all the same", () => {
    const rig = createRig(listed);
    run(rig, 5);
    const building = rig.row("north/b1");
    const { distribution: d, grid, supply } = rig.power;
    expect(d.it[building]).toBeCloseTo(0.6 * 26, 5);
    expect(d.main[building]!).toBeGreaterThan(0.6 * 26);
    expect(grid.import[0]).toBeCloseTo(grid.total[0]!, 6);
    rig.set("site", "gridLost", 1);
    run(rig, 30);
    // The row behind a UPS lives on its battery, the other one is dark.
    expect(supply.row[rig.row("north/b1/f1/r1/row1")]).toBe(1);
    expect(supply.row[rig.row("north/b1/f1/r1/row2")]).toBe(0);
  });
});

test("same seed and steps give the same bits", () => {
  const [a, b] = [createRig(twin, 3), createRig(twin, 3)];
  for (const rig of [a, b]) {
    rig.set("site", "gridLost", 1);
    run(rig, 60);
    rig.set("site", "gridLost", 0);
    run(rig, 60);
  }
  expect(b.power.banks.energy).toEqual(a.power.banks.energy);
  expect(b.power.distribution.main).toEqual(a.power.distribution.main);
  expect(b.power.standby.power).toEqual(a.power.standby.power);
});
