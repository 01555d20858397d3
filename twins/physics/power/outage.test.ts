import { describe, expect, test } from "vitest";
import { supplyMode } from "./banks.ts";
import { dropOutVoltage } from "./boards.ts";
import { campus } from "./campus.fixture.ts";
import type { Rig } from "./rig.fixture.ts";
import { createRig } from "./rig.fixture.ts";
import { status } from "./standby.ts";

const twin = campus();
const hero = "a/hero";
const heroRow = twin.find(hero)!.row;
const telemetered = Array.from({ length: twin.table("building").count }, (_, row) => row).filter((row) =>
  twin.rangeBelow({ className: "building", row }, "rack"),
);

const darkRows = ({ power }: Rig): number => power.supply.row.filter((live) => live === 0).length;
const run = (rig: Rig, seconds: number, step = 1): void => {
  for (let t = 0; t < seconds; t += step) rig.step(step);
};
const setsOf = (rig: Rig, building: number): readonly number[] => [
  ...rig.power.topology.generatorsOf[building]!,
];
const ups = ({ power }: Rig): readonly number[] =>
  [...power.topology.kindOfBank.keys()].filter((bank) => power.topology.kindOfBank[bank] !== 2);
/** kW that banks with a battery take from the mains. */
const drawnByUps = (rig: Rig): number =>
  ups(rig).reduce((sum, bank) => sum + rig.power.banks.column.inputPower[bank]!, 0);

describe("a dip to 70 % for half a second", () => {
  const rig = createRig(twin);
  run(rig, 5);
  const before = { total: rig.power.grid.import[0]!, ups: drawnByUps(rig) };
  rig.set("site", "sag", 0.3);
  rig.step(0.5);

  test("lets go the contactors of every mechanical board, and no rack", () => {
    for (const building of telemetered) {
      expect(rig.power.supply.lowestVoltage[building]!).toBeLessThan(dropOutVoltage);
      expect(rig.power.supply.lowestVoltage[building]!).toBeGreaterThan(0.65);
    }
    expect(darkRows(rig)).toBe(0);
    for (const bank of ups(rig)) expect(rig.power.banks.column.supplyMode[bank]).toBe(supplyMode.battery);
  });

  test("takes the UPS off the grid, which gets their load back in steps within a minute", () => {
    expect(drawnByUps(rig)).toBe(0);
    expect(rig.power.grid.import[0]!).toBeLessThan(0.1 * before.total);
    rig.set("site", "sag", 0);
    const course: number[] = [];
    for (let second = 0; second < 60; second++) {
      rig.step(1);
      course.push(drawnByUps(rig) / before.ups);
      expect(darkRows(rig)).toBe(0);
    }
    expect(course[3]!).toBe(0);
    expect(course[20]!).toBeGreaterThan(0.1);
    expect(course[20]!).toBeLessThan(0.9);
    expect(course[59]!).toBeGreaterThan(1);
    for (const [second, share] of course.entries())
      if (second > 0) expect(share - course[second - 1]!).toBeLessThan(0.1);
    // No set was called: the dip was over before anybody would.
    expect(rig.power.standby.status.every((code) => code === status.off)).toBe(true);
  });

  test("a shallow one is nobody's business", () => {
    const shallow = createRig(twin);
    run(shallow, 5);
    shallow.set("site", "sag", 0.1);
    shallow.step(0.5);
    for (const bank of ups(shallow))
      expect(shallow.power.banks.column.supplyMode[bank]).toBe(supplyMode.online);
    expect(Math.min(...telemetered.map((row) => shallow.power.supply.lowestVoltage[row]!))).toBeGreaterThan(
      dropOutVoltage,
    );
  });
});

describe("three dips within a minute", () => {
  const dip = (rig: Rig, pauseS: number): void => {
    rig.set("site", "sag", 0.4);
    rig.step(0.5);
    rig.set("site", "sag", 0);
    run(rig, pauseS);
  };

  test("keep the UPS off the mains until somebody resets them: generators take over meanwhile", () => {
    const rig = createRig(twin);
    run(rig, 5);
    for (let i = 0; i < 3; i++) dip(rig, 14);
    run(rig, 120);
    const { grid, onGenerators } = rig.power;
    for (const building of telemetered) expect(onGenerators[building]).toBe(1);
    expect(grid.generator[0]!).toBeGreaterThan(0.9 * grid.total[0]!);
    run(rig, 1800, 10);
    for (const building of telemetered) expect(onGenerators[building]).toBe(1);
    expect(darkRows(rig)).toBe(0);

    for (const building of telemetered)
      rig.set(twin.idOf({ className: "building", row: building }), "resetByHand", 1);
    rig.step(1);
    for (const building of telemetered)
      rig.set(twin.idOf({ className: "building", row: building }), "resetByHand", 0);
    run(rig, 50);
    expect(onGenerators[heroRow]).toBe(1);
    run(rig, 15);
    for (const building of telemetered) expect(onGenerators[building]).toBe(0);
    expect(grid.generator[0]).toBe(0);
  });

  test("two, or three far apart, do not", () => {
    for (const pauses of [
      [5, 100],
      [40, 40, 100],
    ]) {
      const rig = createRig(twin);
      run(rig, 5);
      for (const pause of pauses) dip(rig, pause);
      expect(rig.power.onGenerators.every((is) => is === 0)).toBe(true);
      expect(rig.power.grid.generator[0]).toBe(0);
    }
  });
});

describe("the grid is gone", () => {
  test("generators start in 8 to 12 s after 2, come to the bus one by one, and take rooms, then cooling in stages", () => {
    const rig = createRig(twin);
    run(rig, 5);
    const { standby, distribution, supply, grid } = rig.power;
    const cooling = distribution.cooling[heroRow]!;
    rig.set("site", "gridLost", 1);
    const seen = { online: [] as number[], stages: [] as number[] };
    for (let second = 1; second <= 120; second++) {
      rig.step(1);
      const online = setsOf(rig, heroRow).filter((set) => standby.status[set] === status.on).length;
      seen.online.push(online);
      seen.stages.push(supply.mechanical[heroRow]!);
      if (second >= 3 && second < 10) expect(standby.status[setsOf(rig, heroRow)[0]!]).toBe(status.starting);
      expect(darkRows(rig)).toBe(0);
      expect(grid.import[0]).toBeCloseTo(0, 9);
      // What the building draws is what its sets give.
      const given = setsOf(rig, heroRow).reduce((sum, set) => sum + standby.power[set]!, 0);
      if (online > 0) expect(given).toBeCloseTo(distribution.main[heroRow]!, 6);
    }
    expect(seen.online.findIndex((n) => n > 0)).toBeGreaterThanOrEqual(9);
    expect(seen.online.findIndex((n) => n > 0)).toBeLessThanOrEqual(14);
    for (const [i, n] of seen.online.entries())
      if (i > 0) expect(n - seen.online[i - 1]!).toBeLessThanOrEqual(1);
    expect(seen.online.at(-1)).toBe(setsOf(rig, heroRow).length);
    expect([...new Set(seen.stages)]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(distribution.cooling[heroRow]! / cooling).toBeCloseTo(1, 2);
    // Contactors let go when the changeover moved, and sets carry no more than they can.
    for (const building of telemetered)
      expect(distribution.main[building]!).toBeLessThanOrEqual(standby.capacity[building]!);
  });

  test("mains that are back for a minute take the building again without a gap; sets cool down and stop", () => {
    const rig = createRig(twin);
    rig.set("site", "gridLost", 1);
    run(rig, 120);
    rig.set("site", "gridLost", 0);
    const { standby, onGenerators, supply } = rig.power;
    run(rig, 55);
    expect(onGenerators[heroRow]).toBe(1);
    for (let second = 0; second < 20; second++) {
      rig.step(1);
      expect(supply.lowestVoltage[heroRow]!).toBeGreaterThan(dropOutVoltage);
      expect(supply.mechanical[heroRow]).toBe(1);
    }
    expect(onGenerators[heroRow]).toBe(0);
    const [first] = setsOf(rig, heroRow);
    expect([standby.status[first!], standby.power[first!]]).toEqual([status.on, 0]);
    run(rig, 280, 5);
    expect(standby.status[first!]).toBe(status.on);
    run(rig, 30, 5);
    expect(standby.status[first!]).toBe(status.off);
  });

  test("a set that fails to start is in fault, and the others carry the building", () => {
    const rig = createRig(twin);
    rig.set(`${hero}/gen01`, "failsToStart", 1);
    rig.set("site", "gridLost", 1);
    run(rig, 120);
    expect(rig.power.standby.status[rig.row(`${hero}/gen01`)]).toBe(status.fault);
    expect(rig.power.standby.power[rig.row(`${hero}/gen01`)]).toBe(0);
    expect(rig.power.supply.mechanical[heroRow]).toBe(1);
    run(rig, 3600, 10);
    expect(darkRows(rig)).toBe(0);
    rig.set(`${hero}/gen01`, "failsToStart", 0);
    rig.set("site", "gridLost", 0);
    run(rig, 600, 10);
    expect(rig.power.standby.status[rig.row(`${hero}/gen01`)]).toBe(status.off);
  });

  test("with too few sets a building keeps as many rooms as they carry together with their cooling", () => {
    const rig = createRig(twin);
    run(rig, 5);
    const sets = setsOf(rig, heroRow);
    for (const set of sets.slice(4))
      rig.set(twin.idOf({ className: "generator", row: set }), "failsToStart", 1);
    rig.load = 0.9;
    rig.set("site", "gridLost", 1);
    run(rig, 3600, 5);
    const { standby, supply, distribution } = rig.power;
    const [start, end] = twin.rangeBelow({ className: "building", row: heroRow }, "row")!;
    const live = supply.row.slice(start, end).filter((is) => is === 1).length;
    expect(live).toBeGreaterThan(0.4 * (end - start));
    expect(live).toBeLessThan(0.8 * (end - start));
    expect(darkRows(rig)).toBe(end - start - live);
    expect(supply.mechanical[heroRow]!).toBeGreaterThanOrEqual(0.5);
    expect(distribution.main[heroRow]!).toBeLessThanOrEqual(standby.capacity[heroRow]!);
    // It stays so: nothing flickers.
    for (let step = 0; step < 60; step++) {
      rig.step(5);
      expect(darkRows(rig)).toBe(end - start - live);
    }
  });

  test("without any set the building's batteries run out, and nobody else's", () => {
    const rig = createRig(twin);
    run(rig, 5);
    for (const set of setsOf(rig, heroRow))
      rig.set(twin.idOf({ className: "generator", row: set }), "failsToStart", 1);
    rig.set("site", "gridLost", 1);
    run(rig, 3600, 5);
    const [start, end] = twin.rangeBelow({ className: "building", row: heroRow }, "row")!;
    for (const [row, live] of rig.power.supply.row.entries())
      expect([row, live]).toEqual([row, row >= start && row < end ? 0 : 1]);
    expect(rig.power.distribution.main[heroRow]).toBe(0);
    rig.set("site", "gridLost", 0);
    run(rig, 120);
    expect(darkRows(rig)).toBe(0);
  });

  test("an hour without any set, and an hour with mains again: dark, and alive, however long the steps", () => {
    const rig = createRig(twin);
    rig.step(3600);
    for (const set of setsOf(rig, heroRow))
      rig.set(twin.idOf({ className: "generator", row: set }), "failsToStart", 1);
    rig.set("site", "gridLost", 1);
    rig.step(3600);
    const [start, end] = twin.rangeBelow({ className: "building", row: heroRow }, "row")!;
    expect(darkRows(rig)).toBe(end - start);
    rig.set("site", "gridLost", 0);
    rig.step(3600);
    expect(darkRows(rig)).toBe(0);
  });

  test("cooling pumps hang on the room's UPS while their board is dark", () => {
    const rig = createRig(twin);
    run(rig, 5);
    const room = rig.row(`${hero}/f1/r1`);
    expect(rig.power.distribution.isOnBanks[room]).toBe(0);
    rig.set("site", "gridLost", 1);
    rig.step(1);
    expect([rig.power.supply.essential[room], rig.power.distribution.isOnBanks[room]]).toEqual([1, 1]);
    expect(rig.power.distribution.essential[room]!).toBeGreaterThan(0);
    run(rig, 120);
    expect([rig.power.supply.essential[room], rig.power.distribution.isOnBanks[room]]).toEqual([1, 0]);
  });

  test("an hour at once ends where the seconds would have: on generators, nothing dark", () => {
    const rig = createRig(twin);
    rig.step(3600);
    rig.set("site", "gridLost", 1);
    rig.step(3600);
    expect(darkRows(rig)).toBe(0);
    for (const building of telemetered) expect(rig.power.onGenerators[building]).toBe(1);
    expect(rig.power.supply.mechanical[heroRow]).toBe(1);
    rig.set("site", "gridLost", 0);
    rig.step(3600);
    expect(rig.power.grid.generator[0]).toBe(0);
    expect(rig.power.standby.status.every((code) => code === status.off)).toBe(true);
  });

  test("the length of the steps hardly matters: batteries are as empty after 100 s in steps of 1, 2 or 5 s", () => {
    const taken = [1, 2, 5].map((step) => {
      const rig = createRig(twin);
      rig.step(5);
      rig.set("site", "gridLost", 1);
      run(rig, 100, step);
      const { energy, capacity } = rig.power.banks;
      return ups(rig).reduce((sum, bank) => sum + capacity[bank]! - energy[bank]!, 0);
    });
    for (const kwh of taken) expect(Math.abs(kwh / taken[0]! - 1)).toBeLessThan(0.06);
  });
});
