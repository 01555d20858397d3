import { describe, expect, test } from "vitest";
import type { WaterBench } from "./waterside.fixture.ts";
import { buildingRow, createWaterBench } from "./waterside.fixture.ts";

/** What happens to the water when something goes wrong with it, second by second. */

const bench = (change: (of: WaterBench) => void = () => undefined): WaterBench => {
  const made = createWaterBench();
  change(made);
  made.settle();
  return made;
};
const winter = (of: WaterBench): void => {
  of.moment.weather.airTemperature = -28;
  of.moment.weather.wetBulb = -28.5;
};

const row = buildingRow(createWaterBench(), "chilled");
const liquidRow = buildingRow(createWaterBench(), "liquid");
const supplyOf = (of: WaterBench, building = row): number => of.loops.supply[building]!;
const chillersOf = (of: WaterBench): number[] => {
  const { chillers } = of.waterside;
  const { start, end } = chillers.spans[row]!;
  return [...chillers.columns.status.slice(start, end)];
};
const pumpsOf = (of: WaterBench, group: 0 | 1): number[] => {
  const { pumps } = of.waterside;
  const { start, end } = pumps.groups[row * 2 + group]!;
  return [...pumps.columns.status.slice(start, end)];
};
const towersOf = (of: WaterBench, building = row): { readonly start: number; readonly end: number } =>
  of.waterside.towers.spans[building]!;
const countOf = (values: readonly number[], code: number): number =>
  values.filter((value) => value === code).length;
const fillTowers = (of: WaterBench, condition: "failed" | "frozen" | "sprayLost", building = row): void => {
  const { start, end } = towersOf(of, building);
  of.conditions.of("coolingTower")[condition].fill(1, start, end);
};

describe("N+1", () => {
  const one = {
    chiller: (of: WaterBench) => {
      of.conditions.of("chiller").failed[of.waterside.chillers.spans[row]!.start] = 1;
    },
    "pump of the loop": (of: WaterBench) => {
      of.conditions.of("pump").failed[of.waterside.pumps.groups[row * 2]!.start] = 1;
    },
    "pump of the towers": (of: WaterBench) => {
      of.conditions.of("pump").failed[of.waterside.pumps.groups[row * 2 + 1]!.start] = 1;
    },
    "cooling tower": (of: WaterBench) => {
      of.conditions.of("coolingTower").failed[towersOf(of).start] = 1;
    },
  };

  test.each(Object.entries(one))("one failed %s at full load in July: the rest carry on", (_, fail) => {
    const of = bench((made) => {
      made.load = 1 / 1.08;
    });
    fail(of);
    of.run(300);
    expect(supplyOf(of)).toBeLessThan(17.5);
    of.run(3300);
    expect(supplyOf(of)).toBeLessThan(16.1);
    expect(of.loops.flow[row]).toBeGreaterThan(0.98);
  });

  test("a failed machine says so and draws nothing", () => {
    const of = bench();
    for (const fail of Object.values(one)) fail(of);
    of.run(30);
    const { chillers, pumps, towers } = of.waterside;
    const [chiller, pump, tower] = [
      chillers.spans[row]!.start,
      pumps.groups[row * 2]!.start,
      towersOf(of).start,
    ];
    expect([chillers.columns.status[chiller], chillers.columns.power[chiller]]).toEqual([2, 0]);
    expect([pumps.columns.status[pump], pumps.columns.power[pump]]).toEqual([2, 0]);
    expect([towers.columns.status[tower], towers.columns.power[tower]]).toEqual([2, 0]);
  });
});

describe("air in the loop", () => {
  const of = bench();
  const air = of.conditions.of("building").loopAir;
  const running = countOf(chillersOf(of), 1);

  test("pumps carry a little of it along", () => {
    air[row] = 0.02;
    of.run(60);
    expect(of.loops.flow[row]).toBeGreaterThan(0.98);
  });

  test("more of it takes their head: no flow, though all of them turn", () => {
    air[row] = 0.6;
    of.run(5, 1);
    expect(of.loops.flow[row]).toBe(0);
    expect(countOf(pumpsOf(of, 0), 1)).toBeGreaterThan(1);
    expect(countOf(chillersOf(of), 1)).toBe(running);
  });

  test("chillers trip some ten seconds later, and towers' pumps go on", () => {
    of.load = 0;
    of.run(8, 1);
    expect(countOf(chillersOf(of), 2)).toBe(running);
    expect(countOf(pumpsOf(of, 1), 1)).toBeGreaterThan(0);
  });

  test("group control that is locked leaves them where they are once it is bled", () => {
    of.conditions.of("building").controlLockout[row] = 1;
    air[row] = 0;
    of.load = 0.8;
    of.run(1800);
    expect(of.loops.flow[row]).toBeGreaterThan(0.98);
    expect(countOf(chillersOf(of), 3)).toBe(chillersOf(of).length);
    // What plates still carry against the towers' water.
    expect(supplyOf(of)).toBeGreaterThan(20);
  });

  test("unlocked, they start one after another and bring the water back", () => {
    of.conditions.of("building").controlLockout[row] = 0;
    of.run(60, 5);
    expect(countOf(chillersOf(of), 4)).toBeGreaterThan(0);
    expect(countOf(chillersOf(of), 1)).toBe(0);
    of.run(240);
    expect(countOf(chillersOf(of), 1)).toBeGreaterThan(1);
    of.run(5400);
    expect(supplyOf(of)).toBeLessThan(16.3);
  });
});

test("valves to the rooms shut: no water for them, but chillers have their by-pass and do not trip", () => {
  const of = bench();
  of.conditions.of("building").valveShut[row] = 1;
  of.load = 0;
  of.run(60);
  expect(of.loops.flow[row]).toBe(0);
  expect(countOf(chillersOf(of), 2)).toBe(0);
});

describe("voltage that dips for a second", () => {
  const dip = (of: WaterBench): void => {
    of.supply.lowestVoltage.fill(0.55);
    of.step(1);
    of.supply.lowestVoltage.fill(1);
  };

  test("stops everything; pumps and fans are back in half a minute, chillers in three to seven", () => {
    const of = bench();
    const running = countOf(chillersOf(of), 1);
    dip(of);
    expect(countOf(chillersOf(of), 1) + countOf(pumpsOf(of, 0), 1)).toBe(0);
    of.run(6, 1);
    expect(of.loops.flow[row]).toBeLessThan(0.5);
    of.run(36, 2);
    expect(of.loops.flow[row]).toBeGreaterThan(0.9);
    of.run(130);
    expect(countOf(chillersOf(of), 1)).toBe(0);
    of.run(240);
    expect(countOf(chillersOf(of), 1)).toBe(running);
    const { start, end } = towersOf(of);
    for (let cell = start; cell < end; cell++) expect(of.waterside.towers.columns.status[cell]).toBe(1);
  });

  test("under a lock-out nothing comes back", () => {
    const of = bench();
    of.conditions.of("building").controlLockout[row] = 1;
    of.run(60);
    expect(countOf(chillersOf(of), 1)).toBeGreaterThan(0);
    dip(of);
    of.run(600);
    for (const codes of [chillersOf(of), pumpsOf(of, 0), pumpsOf(of, 1)])
      expect(countOf(codes, 3)).toBe(codes.length);
    expect(of.waterside.power[row]).toBe(0);
  });

  test("half of the mechanical load has power: half of the machines run", () => {
    const of = bench();
    of.supply.mechanical.fill(0.5);
    of.run(60);
    expect(countOf(chillersOf(of), 1)).toBeLessThanOrEqual(2);
    expect(countOf(pumpsOf(of, 0), 1)).toBe(2);
    of.supply.mechanical.fill(0);
    of.run(30);
    expect(of.waterside.power[row]).toBe(0);
    expect(of.loops.flow[row]).toBeLessThan(0.01);
  });
});

describe("chillers", () => {
  test("all failed in July: and too hot for plates: the loop warms by half a kelvin a minute", () => {
    const of = bench((made) => {
      made.load = 1;
      made.moment.weather.wetBulb = 27;
    });
    const { start, end } = of.waterside.chillers.spans[row]!;
    of.conditions.of("chiller").failed.fill(1, start, end);
    const before = supplyOf(of);
    of.run(600);
    const perMinute = (supplyOf(of) - before) / 10;
    expect(perMinute).toBeGreaterThan(0.45);
    expect(perMinute).toBeLessThan(0.55);
  });

  test("fouled condensers draw more for the same heat", () => {
    const clean = bench();
    const fouled = bench((made) => made.conditions.of("chiller").fouled.fill(0.8));
    const sum = (of: WaterBench): number => of.waterside.chillers.columns.power.reduce((a, b) => a + b, 0);
    expect(sum(fouled) / sum(clean)).toBeGreaterThan(1.1);
    expect(supplyOf(fouled)).toBeCloseTo(16, 6);
  });

  test("one that is locked out stands, another one takes its place", () => {
    const of = bench();
    const running = countOf(chillersOf(of), 1);
    of.conditions.of("chiller").lockedOut[of.waterside.chillers.spans[row]!.start] = 1;
    of.run(900);
    expect(chillersOf(of)[0]).toBe(3);
    expect(countOf(chillersOf(of), 1)).toBe(running);
  });

  test("are off while free cooling carries all, whatever the step", () => {
    const of = bench(winter);
    of.run(1200);
    expect(countOf(chillersOf(of), 0)).toBe(chillersOf(of).length);
    expect(supplyOf(of)).toBeCloseTo(16, 2);
    expect(of.waterside.modes.mode[row]).toBe(1);
  });
});

describe("towers frozen at −28 °C", () => {
  const of = bench(winter);
  fillTowers(of, "frozen");

  test("their water warms, chillers start and only make it worse", () => {
    of.run(420);
    expect(of.waterside.state.towerTemperature[row]!).toBeGreaterThan(20);
    expect(countOf(chillersOf(of), 1)).toBeGreaterThan(0);
  });

  test("until high pressure trips them; then the loop warms too", () => {
    of.run(1800);
    expect(countOf(chillersOf(of), 2)).toBeGreaterThan(0);
    expect(countOf(chillersOf(of), 1)).toBe(0);
    expect(supplyOf(of)).toBeGreaterThan(20);
    of.run(1800);
    expect(supplyOf(of)).toBeGreaterThan(30);
  });

  test("thawed, all comes back by itself", () => {
    of.conditions.of("coolingTower").frozen.fill(0);
    of.run(4 * 3600);
    expect(supplyOf(of)).toBeLessThan(16.3);
    expect(of.waterside.modes.mode[row]).toBe(1);
  });
});

test("basin heaters draw power in the cold, the more the colder, and only while they have some", () => {
  const at = (t: number): number => {
    const of = bench((made) => {
      made.moment.weather.airTemperature = t;
      made.moment.weather.wetBulb = t - 1;
    });
    return of.waterside.towers.columns.power[towersOf(of).start]!;
  };
  expect(at(-25)).toBeGreaterThan(at(-10) + 10);
  expect(at(-10)).toBeGreaterThan(at(2) + 10);
});

describe("liquid loop", () => {
  const modeOf = (of: WaterBench): number =>
    of.waterside.towers.columns.coolingMode[towersOf(of, liquidRow).start]!;

  test("33 °C all year, dry without a drop in the cold, wet in July; never a chiller", () => {
    const cold = bench(winter);
    const hot = bench();
    expect([supplyOf(cold, liquidRow), supplyOf(hot, liquidRow)]).toEqual([
      expect.closeTo(33, 4),
      expect.closeTo(33, 4),
    ]);
    expect([modeOf(cold), modeOf(hot)]).toEqual([2, 3]);
    expect(cold.waterside.makeUp[liquidRow]).toBe(0);
    expect(hot.waterside.makeUp[liquidRow]).toBeGreaterThan(0);
    expect(hot.waterside.modes.mode[liquidRow]).toBe(1);
  });

  test("without spray in a heatwave the water warms by itself and stays there", () => {
    const of = bench((made) => {
      made.moment.weather.airTemperature = 38;
      made.moment.weather.wetBulb = 22;
    });
    expect(supplyOf(of, liquidRow)).toBeCloseTo(33, 4);
    fillTowers(of, "sprayLost", liquidRow);
    of.run(7200);
    expect(modeOf(of)).toBe(2);
    expect(supplyOf(of, liquidRow)).toBeGreaterThan(38);
    expect(supplyOf(of, liquidRow)).toBeLessThan(60);
  });

  test("spray is drained below 3 °C and filled again above 5 °C", () => {
    const of = bench();
    const at = (t: number): void => {
      of.moment.weather.airTemperature = t;
      of.moment.weather.wetBulb = t - 1;
      of.step(10);
    };
    const drained: number[] = [];
    for (const t of [8, 2, 4, 6]) {
      at(t);
      drained.push(of.waterside.state.drained[liquidRow]!);
    }
    expect(drained).toEqual([0, 1, 1, 0]);
  });
});
