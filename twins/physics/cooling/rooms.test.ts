import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumRange } from "#twins/physics/places.ts";
import type { RoomBench } from "./rooms.fixture.ts";
import { createRoomBench, roomRow } from "./rooms.fixture.ts";
import { visitRoomBalances } from "./rooms.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Mostly nothing is wrong. */
const wrong = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: share, weight: 1 });

const disturbance = fc.record({
  seconds: fc.double({ min: 0.5, max: 10, noNaN: true }),
  load: share,
  airTemperature: fc.double({ min: -30, max: 39, noNaN: true }),
  supply: fc.double({ min: 10, max: 45, noNaN: true }),
  flow: share,
  mechanical: fc.oneof(fc.constant(1), share),
  essential: fc.boolean(),
  voltage: fc.oneof(fc.constant(1), share),
  row: fc.nat(100),
  crah: fc.record({ failed: wrong, filterClogged: wrong, valveStuck: wrong }),
  cdu: fc.record({ failed: wrong, leak: wrong }),
  room: fc.record({ containmentLeak: wrong, valveShut: wrong, fire: wrong, ventilated: wrong }),
});
type Disturbance = typeof disturbance extends fc.Arbitrary<infer T> ? T : never;

const disturb = (bench: RoomBench, what: Disturbance): void => {
  bench.load = what.load;
  bench.moment.weather.airTemperature = what.airTemperature;
  bench.moment.weather.wetBulb = what.airTemperature - 3;
  bench.loops.supply.fill(what.supply);
  bench.loops.flow.fill(what.flow);
  bench.supply.mechanical.fill(what.mechanical);
  bench.supply.essential.fill(what.essential ? 1 : 0);
  bench.supply.lowestVoltage.fill(what.voltage);
  for (const name of ["crah", "cdu", "room"] as const)
    for (const [condition, value] of Object.entries(what[name])) {
      const values = bench.conditions.find(name, condition)!;
      values[what.row % values.length] = value;
    }
};

const holds = (bench: RoomBench): void =>
  visitRoomBalances(bench.rooms, (what, row, { inKw, outKw, storedKw }) => {
    const off = Math.abs(inKw - outKw - storedKw);
    if (!(off <= 1e-9 * Math.max(1, Math.abs(inKw), Math.abs(outKw))))
      throw new Error(`${what} ${row}: ${inKw} in, ${outKw} out, ${storedKw} stored`);
  });

describe("energy is neither made nor lost", () => {
  test("whatever happens: in = out + stored, and what is stored is what the states changed by", () => {
    fc.assert(
      fc.property(fc.array(disturbance, { minLength: 1, maxLength: 12 }), (course) => {
        const bench = createRoomBench();
        const { air } = bench.rooms;
        bench.step(0);
        holds(bench);
        for (const what of course) {
          const [warm, heavy] = [air.warm.slice(), air.heavy.slice()];
          disturb(bench, what);
          bench.step(what.seconds);
          holds(bench);
          for (let room = 0; room < warm.length; room++) {
            const gained =
              air.store[room]! * (air.warm[room]! - warm[room]!) +
              air.heavyStore[room]! * (air.heavy[room]! - heavy[room]!);
            expect(air.storedKw[room]! * what.seconds).toBeCloseTo(gained, 6);
          }
        }
      }),
      { seed: 11, numRuns: 120 },
    );
  });

  test("coils take what the columns say that the air loses, and the loops get what coils and CDUs give", () => {
    const bench = createRoomBench();
    bench.step(0);
    const { air, cdus } = bench.rooms;
    const { columns } = air.units;
    for (const system of ["chilled", "evaporative", "liquid"] as const) {
      const room = roomRow(bench, system);
      const unit = air.units.ofRoom[room * 2]!;
      const units = air.units.ofRoom[room * 2 + 1]! - unit;
      // Rated flow at 12 K; what is left after the fans' own heat is the racks' heat and the wall's.
      const rate = units * (air.units.capacityKw[unit]! / 12) * (columns.fanSpeed[unit]! / 100);
      const carried = rate * (columns.returnTemperature[unit]! - columns.supplyTemperature[unit]!);
      const wall = air.envelope[room]! * (bench.moment.weather.airTemperature - air.warm[room]!);
      expect(carried).toBeCloseTo(bench.racks.heat.toAir[room]! + wall, 6);
    }
    const loopHeat = (system: "chilled" | "evaporative" | "liquid"): number =>
      bench.loops.heat[bench.rooms.building[roomRow(bench, system)]!]!;
    const chilled = roomRow(bench, "chilled");
    const wall = air.envelope[chilled]! * (bench.moment.weather.airTemperature - air.warm[chilled]!);
    const { it, coolingPower } = bench.rooms;
    expect(loopHeat("chilled")).toBeCloseTo(it[chilled]! + coolingPower[chilled]! + wall, 6);
    expect(loopHeat("evaporative")).toBe(0);
    const liquid = roomRow(bench, "liquid");
    const pumps = sumRange(cdus.columns.power, cdus.ofRoom, liquid);
    expect(loopHeat("liquid")).toBeCloseTo(bench.racks.heat.toLiquid[liquid]! + pumps, 6);
  });

  test("whatever happens every value is a number, shares stay shares, and nothing flows backwards", () => {
    fc.assert(
      fc.property(fc.array(disturbance, { minLength: 1, maxLength: 8 }), (course) => {
        const bench = createRoomBench();
        bench.step(0);
        for (const what of course) {
          disturb(bench, what);
          bench.step(what.seconds);
          const { air, cdus, coolingPower } = bench.rooms;
          for (const values of [bench.roomSupply.airShare, bench.roomSupply.liquidShare])
            for (const value of values) expect(value >= 0 && value <= 1).toBe(true);
          for (const values of [coolingPower, air.water, air.toLoop, cdus.toLoop, cdus.columns.flow])
            for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
          for (const values of Object.values(air.units.columns))
            expect(values.every(Number.isFinite)).toBe(true);
          for (const values of Object.values(cdus.columns)) expect(values.every(Number.isFinite)).toBe(true);
          for (const t of air.warm) expect(t > -40 && t < 120).toBe(true);
        }
      }),
      { seed: 12, numRuns: 80 },
    );
  });
});

/** Power of all machines of a room once settled, kW. */
const settledPower = (bench: RoomBench, room: number): number => {
  bench.settle();
  bench.step(0);
  return bench.rooms.coolingPower[room]!;
};
const systems = ["chilled", "evaporative", "liquid"] as const;

describe.each(systems)("%s: power of a settled room", (system) => {
  const bench = createRoomBench();
  const room = roomRow(bench, system);

  test("never falls with hotter air outside, dry or wet, from −30 to 39 °C", () => {
    for (const load of [0.3, 0.6, 0.9])
      for (const depression of [0.1, 0.4]) {
        bench.load = load;
        let last = 0;
        for (let t = -30; t <= 39; t += 0.5) {
          bench.moment.weather.airTemperature = t;
          bench.moment.weather.wetBulb = t - depression * Math.max(5, t);
          const power = settledPower(bench, room);
          expect([t, power >= last - 1e-9]).toEqual([t, true]);
          last = power;
        }
      }
  });

  test("never falls with more IT heat, alone or with the heat that made it", () => {
    for (const t of [-25, 0, 15, 30]) {
      bench.moment.weather.airTemperature = t;
      bench.moment.weather.wetBulb = t - 3;
      let last = 0;
      for (let load = 0; load <= 1; load += 0.02) {
        bench.load = load;
        const power = settledPower(bench, room);
        expect([t, load, power >= last - 1e-9]).toEqual([t, load, true]);
        last = power;
      }
    }
  });

  test("steps of an hour and a long wait both end where a settled room is", () => {
    const [stepped, waiting] = [createRoomBench(), createRoomBench()];
    for (const other of [stepped, waiting]) {
      other.step(0);
      other.load = 0.5;
      other.moment.weather.airTemperature = 24;
      other.moment.weather.wetBulb = 15;
    }
    stepped.step(3600);
    for (let i = 0; i < 1500; i++) waiting.step(10);
    expect(waiting.rooms.air.warm[room]!).toBeCloseTo(stepped.rooms.air.warm[room]!, 2);
    // Chips give what they had stored within the hour, evenly.
    expect(waiting.rooms.cdus.warm[room]!).toBeCloseTo(stepped.rooms.cdus.warm[room]!, 1);
  });
});

/** Highest inlet of a room's racks, °C. */
const warmestInlet = (bench: RoomBench, room: number): number => {
  const { racks } = bench.rooms;
  return Math.max(...bench.racks.columns.inletTemperature.slice(racks[room * 2]!, racks[room * 2 + 1]!));
};
const run = (bench: RoomBench, seconds: number, step = 5): void => {
  for (let t = 0; t < seconds; t += step) bench.step(step);
};

describe("a room whose fans lost power", () => {
  test("warms by 4 to 8 K in the first three minutes, then by about 1 K a minute; inlets follow", () => {
    const bench = createRoomBench();
    const room = roomRow(bench, "chilled");
    bench.step(0);
    const { warm } = bench.rooms.air;
    const before = warm[room]!;
    bench.supply.mechanical.fill(0);
    run(bench, 180);
    const early = warm[room]! - before;
    expect(early).toBeGreaterThan(4);
    expect(early).toBeLessThan(8);
    // 5 kW cabinets were seen to switch off after 3:09 (Opengate Data Systems for Active Power): 40 °C and more at the inlet.
    expect(warmestInlet(bench, room)).toBeGreaterThan(38);
    const later = warm[room]!;
    run(bench, 300);
    expect((warm[room]! - later) / 5).toBeGreaterThan(0.7);
    expect((warm[room]! - later) / 5).toBeLessThan(1.5);
    expect(bench.rooms.coolingPower[room]).toBe(0);
  });

  test("gets the same from many small steps as from few", () => {
    const [fine, coarse] = [createRoomBench(), createRoomBench()];
    for (const bench of [fine, coarse]) {
      bench.step(0);
      bench.supply.mechanical.fill(0);
    }
    run(fine, 300, 0.5);
    run(coarse, 300, 10);
    const room = roomRow(fine, "chilled");
    expect(Math.abs(fine.rooms.air.warm[room]! - coarse.rooms.air.warm[room]!)).toBeLessThan(0.2);
  });

  test("starts them again one after another and is cold again", () => {
    const bench = createRoomBench();
    const room = roomRow(bench, "chilled");
    bench.step(0);
    const before = bench.rooms.air.warm[room]!;
    bench.supply.lowestVoltage.fill(0.5);
    bench.step(1);
    bench.supply.lowestVoltage.fill(1);
    bench.step(1);
    const { status, power } = bench.rooms.air.units.columns;
    const unit = bench.rooms.air.units.ofRoom[room * 2]!;
    expect([status[unit], power[unit]]).toEqual([4, 0]);
    run(bench, 25);
    expect([status[unit], status[unit + 10]]).toEqual([1, 4]);
    run(bench, 3600, 10);
    expect(bench.rooms.air.warm[room]!).toBeCloseTo(before, 0);
  });
});

describe("N+1", () => {
  test.each(systems)("%s: the rest make up for one failed air handler: inlets stay", (system) => {
    const bench = createRoomBench();
    const room = roomRow(bench, system);
    bench.step(0);
    const inlet = warmestInlet(bench, room);
    const unit = bench.rooms.air.units.ofRoom[room * 2]!;
    bench.conditions.of("crah").failed[unit] = 1;
    run(bench, 1800, 10);
    const { columns } = bench.rooms.air.units;
    expect([columns.power[unit], columns.status[unit]]).toEqual([0, 2]);
    expect(columns.fanSpeed[unit + 1]!).toBeGreaterThan(columns.fanSpeed[unit]! + 50);
    expect(warmestInlet(bench, room) - inlet).toBeLessThan(1);
  });

  test("one failed CDU costs nothing, two cost flow", () => {
    const bench = createRoomBench();
    const room = roomRow(bench, "liquid");
    const first = bench.rooms.cdus.ofRoom[room * 2]!;
    bench.step(0);
    bench.conditions.of("cdu").failed[first] = 1;
    run(bench, 120);
    expect(bench.roomSupply.liquidShare[room]).toBe(1);
    expect(bench.rooms.cdus.columns.flow[first]).toBeCloseTo(0, 6);
    bench.conditions.of("cdu").failed[first + 1] = 1;
    run(bench, 120);
    expect(bench.roomSupply.liquidShare[room]!).toBeLessThan(0.95);
  });
});

describe("what goes wrong in a room", () => {
  const settledWith = (change: (bench: RoomBench) => void): RoomBench => {
    const bench = createRoomBench();
    change(bench);
    bench.step(0);
    return bench;
  };
  const sound = settledWith(() => undefined);
  const room = roomRow(sound, "chilled");
  const unit = sound.rooms.air.units.ofRoom[room * 2]!;

  test("clogged filters: more pressure drop, more fan speed and power for the same air", () => {
    const clogged = settledWith((bench) => bench.conditions.of("crah").filterClogged.fill(0.6));
    const [a, b] = [sound.rooms.air.units.columns, clogged.rooms.air.units.columns];
    expect(b.filterPressure[unit]!).toBeGreaterThan(3 * a.filterPressure[unit]!);
    expect(b.fanSpeed[unit]!).toBeGreaterThan(a.fanSpeed[unit]!);
    expect(b.power[unit]!).toBeGreaterThan(a.power[unit]!);
    expect(clogged.roomSupply.airShare[room]).toBe(1);
  });

  test("a valve stuck shut: its unit blows warm, the room's supply warms a little", () => {
    const stuck = settledWith((bench) => {
      bench.conditions.of("crah").valveStuck[unit] = 1;
    });
    expect(stuck.rooms.air.units.columns.supplyTemperature[unit]!).toBeGreaterThan(30);
    expect(stuck.roomSupply.air[room]! - sound.roomSupply.air[room]!).toBeGreaterThan(0.3);
    expect(stuck.roomSupply.air[room]! - sound.roomSupply.air[room]!).toBeLessThan(2);
  });

  test("warm water or little of it: supply air above its set-point, heat still in balance", () => {
    const warm = settledWith((bench) => bench.loops.supply.fill(26));
    const little = settledWith((bench) => bench.loops.flow.fill(0.3));
    for (const bench of [warm, little]) {
      expect(bench.roomSupply.air[room]!).toBeGreaterThan(sound.roomSupply.air[room]! + 2);
      holds(bench);
    }
  });

  test("open containment: racks take in warm air, fans run faster", () => {
    const open = settledWith((bench) => bench.conditions.of("room").containmentLeak.fill(0.5));
    expect(open.roomSupply.airShare[room]!).toBeLessThan(0.9);
    expect(warmestInlet(open, room)).toBeGreaterThan(warmestInlet(sound, room) + 1);
    expect(open.rooms.coolingPower[room]!).toBeGreaterThan(sound.rooms.coolingPower[room]!);
  });

  test("fire: the room's air stops and it gets hot", () => {
    const bench = createRoomBench();
    bench.step(0);
    bench.conditions.of("room").fire[room] = 1;
    run(bench, 300);
    expect(bench.rooms.air.units.columns.status[unit]).toBe(0);
    expect(bench.rooms.air.warm[room]!).toBeGreaterThan(sound.rooms.air.warm[room]! + 8);
  });

  test("the room's valve shut: the room heats up as if its coils were gone", () => {
    const bench = createRoomBench();
    bench.step(0);
    bench.conditions.of("room").valveShut[room] = 1;
    run(bench, 180);
    expect(bench.rooms.air.warm[room]!).toBeGreaterThan(sound.rooms.air.warm[room]! + 4);
    expect(bench.rooms.air.toLoop[room]).toBe(0);
  });
});

test("frost: no spray below 3 °C, filled again above 5 °C", () => {
  const bench = createRoomBench();
  const room = roomRow(bench, "evaporative");
  const { drained, water } = bench.rooms.air;
  const at = (t: number): void => {
    bench.moment.weather.airTemperature = t;
    bench.moment.weather.wetBulb = t - 1;
    bench.step(10);
    if (drained[room] === 1) expect(water[room]).toBe(0);
  };
  at(10);
  expect(drained[room]).toBe(0);
  at(2);
  expect(drained[room]).toBe(1);
  at(4);
  expect(drained[room]).toBe(1);
  at(6);
  expect(drained[room]).toBe(0);
});

test("a leak in all CDUs: detected at once, closed off in ten seconds, chips far hotter within a minute", () => {
  const bench = createRoomBench();
  const room = roomRow(bench, "liquid");
  const { cdus, racks } = bench.rooms;
  bench.step(0);
  const chip = (): number => bench.racks.state.chipC[racks[room * 2]!]!;
  const before = chip();
  bench.conditions.of("cdu").leak.fill(0.2);
  bench.step(2);
  const first = cdus.ofRoom[room * 2]!;
  expect(cdus.columns.leakDetect[first]).toBe(1);
  expect(bench.roomSupply.liquidShare[room]!).toBeGreaterThan(0.9);
  run(bench, 30, 2);
  expect(bench.roomSupply.liquidShare[room]!).toBeLessThan(0.1);
  expect([cdus.columns.power[first], cdus.columns.status[first]]).toEqual([0, 2]);
  run(bench, 28, 2);
  expect(chip() - before).toBeGreaterThan(20);
});

test("CDU pumps run on essential power while the mechanical load is dark", () => {
  const bench = createRoomBench();
  const room = roomRow(bench, "liquid");
  bench.step(0);
  bench.supply.mechanical.fill(0);
  run(bench, 60);
  expect(bench.roomSupply.liquidShare[room]).toBe(1);
  bench.supply.essential.fill(0);
  run(bench, 30);
  expect(bench.roomSupply.liquidShare[room]!).toBeLessThan(0.05);
  expect(bench.rooms.coolingPower[room]).toBe(0);
});
