import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bed } from "./bed.fixture.ts";
import { campus, createBed, racksBelow, sum } from "./bed.fixture.ts";
import { stepRackPower } from "./rack-power.ts";
import { coldPlateShare, RackFault } from "./racks.ts";

const hero = racksBelow("a/hero");
const heroRooms = campus.rangeBelow(campus.find("a/hero")!, "room")!;
const airRoom = (() => {
  const [room] = campus.rangeBelow(campus.find("a/b01")!, "room")!;
  return room;
})();
const airRacks = campus.rangeBelow({ className: "room", row: airRoom }, "rack")!;

/** Steps of a second until something holds; how many it took, or Infinity. */
const secondsUntil = (bed: Bed, holds: () => boolean, most: number, stepS = 1): number => {
  for (let s = 0; s < most; s += stepS) {
    if (holds()) return s;
    bed.step(stepS);
  }
  return holds() ? most : Number.POSITIVE_INFINITY;
};

const fillRooms = (values: Float64Array, [start, end]: readonly [number, number], value: number): void => {
  values.fill(value, start, end);
};

describe("power", () => {
  test("is between nothing and the rating whatever happens, and no number is lost", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            what: fc.constantFrom("power", "air", "flow", "leak", "shed", "pin", "heat"),
            room: fc.nat(campus.table("room").count - 1),
            value: fc.double({ min: 0, max: 1, noNaN: true }),
            seconds: fc.constantFrom(1, 5, 10, 120, 3600),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        (events) => {
          const bed = createBed();
          const { racks, roomSupply, supply } = bed;
          const leak = bed.conditions.of("rack").leak;
          for (const { what, room, value, seconds } of events) {
            const rows = campus.rangeBelow({ className: "room", row: room }, "row")!;
            const own = campus.rangeBelow({ className: "room", row: room }, "rack")!;
            if (what === "power") supply.row.fill(value < 0.5 ? 0 : 1, ...rows);
            if (what === "air") roomSupply.airShare[room] = value;
            if (what === "heat") roomSupply.warmAir[room] = 20 + 50 * value;
            if (what === "flow") roomSupply.liquidShare[room] = value;
            if (what === "leak") leak.fill(value, ...own);
            if (what === "shed") bed.conditions.of("rack").shed.fill(value, ...own);
            if (what === "pin")
              bed.dispatch.pin({ asset: campus.idOf({ className: "room", row: room }), load: value });
            bed.step(seconds);
            for (let rack = 0; rack < racks.columns.power.length; rack++) {
              const kw = racks.columns.power[rack]!;
              const rated = racks.facts.installedKw[rack]!;
              if (!(kw >= 0 && kw <= rated * (1 + 1e-6)))
                throw new Error(`rack ${rack}: ${kw} of ${rated} kW`);
              for (const [metric, column] of Object.entries(racks.columns))
                if (!Number.isFinite(column[rack]))
                  throw new Error(`rack ${rack}: ${metric} ${column[rack]}`);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("never falls when load rises", () => {
    const at = (load: number): Float32Array => {
      const bed = createBed();
      bed.dispatch.pin({ asset: "a/hero", load });
      bed.dispatch.pin({ asset: "a/b01", load });
      bed.step(1);
      return bed.racks.columns.power.slice();
    };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const [less, more] = [at(Math.min(a, b)), at(Math.max(a, b))];
          for (let rack = 0; rack < less.length; rack++)
            if (more[rack]! < less[rack]!)
              throw new Error(`rack ${rack} falls from ${less[rack]} to ${more[rack]}`);
        },
      ),
      { numRuns: 15 },
    );
  });

  test("rises a little with a warm inlet, and never falls with it", () => {
    const at = (inletC: number): number => {
      const { racks } = bed;
      racks.columns.inletTemperature.fill(inletC);
      stepRackPower(racks, bed.moment);
      return racks.columns.power[rack]!;
    };
    const bed = createBed();
    bed.dispatch.pin({ asset: "a/b01", load: 0.3 });
    bed.step(1);
    const rack = airRacks[0] + bed.racks.facts.occupied.subarray(...airRacks).indexOf(1);
    expect(at(27)).toBe(at(18));
    expect(at(30) / at(18)).toBeCloseTo(1.019, 3);
    expect(at(35) / at(18)).toBeCloseTo(1.1, 5);
    expect(at(60) / at(18)).toBeCloseTo(1.2, 5);
    for (let c = 15; c < 60; c += 0.5) expect(at(c + 0.5)).toBeGreaterThanOrEqual(at(c));
    const [warm, cool] = [createBed(), createBed()];
    warm.roomSupply.air[airRoom] = 33;
    for (let i = 0; i < 60; i++) for (const bed of [warm, cool]) bed.step(10);
    const ratio = sum(warm.racks.columns.power, airRacks) / sum(cool.racks.columns.power, airRacks);
    expect(ratio).toBeGreaterThan(1.03);
    expect(ratio).toBeLessThan(1.2);
  });
});

describe("liquid that stays away", () => {
  const lost = (): Bed => {
    const bed = createBed();
    bed.dispatch.pin({ asset: "a/hero", load: 0.95 });
    for (let i = 0; i < 120; i++) bed.step(1);
    fillRooms(bed.roomSupply.liquidShare, heroRooms, 0);
    return bed;
  };
  const tripped = ({ racks }: Bed): number => {
    let count = 0;
    for (let rack = hero[0]; rack < hero[1]; rack++) if (racks.state.fault[rack] === RackFault.chip) count++;
    return count;
  };
  const racks = hero[1] - hero[0];

  test("trips every rack in under a minute, but not at once; they slow down before", () => {
    const bed = lost();
    const first = secondsUntil(bed, () => tripped(bed) > 0, 120);
    expect(first).toBeGreaterThan(15);
    expect(Math.min(...bed.racks.state.speed.subarray(...hero))).toBeLessThan(0.6);
    const all = first + secondsUntil(bed, () => tripped(bed) === racks, 120);
    expect(all).toBeLessThan(60);
    bed.step(1);
    expect(sum(bed.racks.columns.power, hero)).toBe(0);
  });

  test("at half flow chips are warmer, and nothing trips", () => {
    const bed = createBed();
    const before = bed.racks.state.chipC[hero[0]]!;
    fillRooms(bed.roomSupply.liquidShare, heroRooms, 0.5);
    for (let i = 0; i < 60; i++) bed.step(10);
    expect(bed.racks.state.chipC[hero[0]]!).toBeGreaterThan(before + 10);
    expect(tripped(bed)).toBe(0);
  });

  test("when it is back racks cool, then start row by row over ten minutes", () => {
    const bed = lost();
    secondsUntil(bed, () => tripped(bed) === racks, 120);
    fillRooms(bed.roomSupply.liquidShare, heroRooms, 1);
    bed.step(1);
    const on = (): number => sum(bed.racks.state.on, hero);
    const firstUp = secondsUntil(bed, () => on() > 0, 3600);
    expect(firstUp).toBeGreaterThan(120);
    const allUp = firstUp + secondsUntil(bed, () => on() === racks, 3600, 5);
    expect(allUp).toBeGreaterThan(firstUp + 300);
    expect(allUp).toBeLessThan(1200);
  });

  test("steps of ten seconds trip within ten seconds of steps of one", () => {
    const [fine, coarse] = [lost(), lost()];
    const difference =
      secondsUntil(coarse, () => tripped(coarse) === racks, 200, 10) -
      secondsUntil(fine, () => tripped(fine) === racks, 200, 1);
    expect(Math.abs(difference)).toBeLessThanOrEqual(10);
  });
});

describe("air that stays away", () => {
  test("above 45 °C for a minute servers switch off; they come back only below 30 °C", () => {
    const bed = createBed();
    const { roomSupply, racks } = bed;
    const off = (): boolean => sum(racks.columns.power, airRacks) === 0;
    roomSupply.air[airRoom] = 50;
    const seconds = secondsUntil(bed, off, 600);
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(400);
    roomSupply.air[airRoom] = 36;
    for (let i = 0; i < 120; i++) bed.step(10);
    expect(off()).toBe(true);
    roomSupply.air[airRoom] = 22;
    for (let i = 0; i < 120; i++) bed.step(10);
    expect(off()).toBe(false);
  });

  test("what fans cannot get is taken in warm from behind", () => {
    const bed = createBed();
    bed.roomSupply.airShare[airRoom] = 0.6;
    for (let i = 0; i < 60; i++) bed.step(10);
    const { inletTemperature } = bed.racks.columns;
    const other = campus.rangeBelow({ className: "room", row: airRoom + 1 }, "rack")!;
    const mean = (range: readonly [number, number]) => sum(inletTemperature, range) / (range[1] - range[0]);
    expect(mean(airRacks) - mean(other)).toBeGreaterThan(4);
  });
});

describe("people and breakers", () => {
  test("a row without power is dark at once; its racks come back after the row's delay, the job after its checkpoint", () => {
    const bed = createBed();
    const [row] = campus.rangeBelow(campus.find("a/hero")!, "row")!;
    const own = campus.rangeBelow({ className: "row", row }, "rack")!;
    const others = [own[1], hero[1]] as const;
    const before = sum(bed.racks.columns.load, others);
    bed.supply.row[row] = 0;
    bed.step(1);
    expect(sum(bed.racks.columns.power, own)).toBe(0);
    // Synchronous training: who is left waits for those who are not.
    bed.step(1);
    expect(sum(bed.racks.columns.load, others)).toBeLessThan(0.75 * before);
    bed.supply.row[row] = 1;
    const wait = Math.min(...bed.racks.facts.bootDelayS.subarray(...own));
    for (let s = 0; s < Math.floor(wait); s++) bed.step(1);
    expect(sum(bed.racks.columns.power, own)).toBe(0);
    for (let i = 0; i < 80; i++) bed.step(10);
    expect(sum(bed.racks.state.on, own)).toBe(own[1] - own[0]);
    expect(sum(bed.racks.columns.load, others)).toBeGreaterThan(0.8 * before);
  });

  test("a synchronous job waits for a building that starts again, then loads its checkpoint", () => {
    const bed = createBed();
    const rows = campus.rangeBelow(campus.find("a/hero")!, "row")!;
    const training = bed.racks.jobs.ofRack[hero[0]]!;
    const load = (): number => bed.racks.jobs.load[training]!;
    bed.supply.row.fill(0, ...rows);
    for (let i = 0; i < 60; i++) bed.step(10);
    bed.supply.row.fill(1, ...rows);
    const on = (): number => sum(bed.racks.state.on, hero);
    const seconds = secondsUntil(bed, () => on() === hero[1] - hero[0], 3600, 5);
    expect(seconds).toBeGreaterThan(400);
    expect(load()).toBe(0);
    expect(sum(bed.racks.columns.power, hero)).toBeGreaterThan(0);
    for (let i = 0; i < 45; i++) bed.step(10);
    expect(load()).toBeGreaterThan(0.6);
  });

  test("racks of different rows start at different times", () => {
    const { racks } = createBed();
    const starts = new Set([...racks.facts.bootDelayS].map((s) => Math.round(s / 60)));
    expect(starts.size).toBeGreaterThan(6);
    expect(Math.min(...racks.facts.bootDelayS)).toBeGreaterThanOrEqual(120);
    expect(Math.max(...racks.facts.bootDelayS)).toBeLessThanOrEqual(631);
  });

  test("load that people take away goes within two minutes, as much of it as they say", () => {
    const bed = createBed();
    bed.conditions.of("rack").shed.fill(0.4, ...airRacks);
    bed.step(10);
    const early = sum(bed.racks.state.on, airRacks);
    for (let i = 0; i < 12; i++) bed.step(10);
    for (let rack = airRacks[0]; rack < airRacks[1]; rack++)
      if (bed.racks.facts.occupied[rack]) expect(bed.racks.state.on[rack]).toBeCloseTo(0.6, 5);
    expect(early).toBeGreaterThan(sum(bed.racks.state.on, airRacks));
  });

  test("a leak is seen at once, trips its rack in seconds and only it, and holds it off until it is mended", () => {
    const bed = createBed();
    const rack = hero[0] + 5;
    const { leak } = bed.conditions.of("rack");
    leak[rack] = 1;
    bed.step(1);
    expect(bed.racks.columns.leakDetect[rack]).toBe(1);
    expect(secondsUntil(bed, () => bed.racks.columns.power[rack] === 0, 30)).toBeLessThan(10);
    expect(bed.racks.columns.power[rack + 1]).toBeGreaterThan(0);
    for (let i = 0; i < 200; i++) bed.step(10);
    expect(bed.racks.columns.power[rack]).toBe(0);
    leak[rack] = 0;
    for (let i = 0; i < 100; i++) bed.step(10);
    expect(bed.racks.columns.leakDetect[rack]).toBe(0);
    expect(bed.racks.columns.power[rack]).toBeGreaterThan(0);
  });
});

test("heat of a room's racks is their power: to air, to liquid and into the chips", () => {
  const bed = createBed();
  const { racks } = bed;
  const room = heroRooms[0];
  const own = campus.rangeBelow({ className: "room", row: room }, "rack")!;
  for (let i = 0; i < 300; i++) {
    if (i === 100) bed.roomSupply.liquidShare[room] = 0.3;
    if (i === 200) bed.roomSupply.liquidShare[room] = 0;
    bed.step(2);
    const kw = sum(racks.columns.power, own);
    const { toAir, toLiquid, stored } = racks.heat;
    expect(Math.abs(toAir[room]! + toLiquid[room]! + stored[room]! - kw)).toBeLessThan(
      1e-6 * Math.max(1, kw),
    );
    if (i === 99) expect(toLiquid[room]! / kw).toBeCloseTo(coldPlateShare, 1);
  }
  // Off and without flow nothing goes to the liquid but what hot chips still give.
  expect(Math.abs(racks.heat.toLiquid[room]!)).toBeLessThan(0.05 * sum(racks.facts.installedKw, own));
});

test("same seed and steps, same bits; the same racks are in place after an hour of ones as of tens", () => {
  const [a, b] = [createBed({ seed: 4 }), createBed({ seed: 4 })];
  for (let i = 0; i < 50; i++) for (const bed of [a, b]) bed.step(3);
  expect(a.racks.columns.power).toEqual(b.racks.columns.power);
  expect(a.racks.state.chipC).toEqual(b.racks.state.chipC);
  const [ones, tens] = [createBed(), createBed()];
  let [fine, coarse] = [0, 0];
  const all = [0, ones.racks.columns.power.length] as const;
  for (let i = 0; i < 600; i++) {
    ones.step(1);
    fine += sum(ones.racks.columns.power, all) / 600;
    if (i % 10 !== 9) continue;
    tens.step(10);
    coarse += sum(tens.racks.columns.power, all) / 60;
  }
  expect(Math.abs(coarse / fine - 1)).toBeLessThan(0.002);
});
