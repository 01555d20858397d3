import { describe, expect, test } from "vitest";
import { sumRange } from "#twins/physics/places.ts";
import { supplyMode } from "./banks.ts";
import { campus } from "./campus.fixture.ts";
import type { Rig } from "./rig.fixture.ts";
import { createRig } from "./rig.fixture.ts";
import { bankKind } from "./topology.ts";

const twin = campus();
/** One room of each power system. */
const rooms = { upsDouble: "a/hero/f1/r1", hvdc: "b/b01/f1/r1", mainsHvdc: "cw/w01/f1/r1" };
const roomIds = Object.values(rooms);

const rowsOf = (room: string): readonly number[] => {
  const [start, end] = twin.rangeBelow(twin.find(room)!, "row")!;
  return Array.from({ length: end - start }, (_, i) => start + i);
};
const dark = ({ power }: Rig): readonly number[] =>
  [...power.supply.row.keys()].filter((row) => power.supply.row[row] === 0);
const modeOf = (rig: Rig, id: string): number => rig.power.banks.column.supplyMode[rig.row(id)]!;
const outputOf = (rig: Rig, id: string): number => rig.power.banks.column.power[rig.row(id)]!;
const run = (rig: Rig, seconds: number, step = 1): void => {
  for (let t = 0; t < seconds; t += step) rig.step(step);
};

describe("paths A and B", () => {
  test("share every room's load evenly while both are alive, each by its power system", () => {
    const rig = createRig(twin);
    rig.step(1);
    for (const room of roomIds) {
      const it = rig.power.distribution.roomIt[rig.row(room)]!;
      const [start, end] = twin.rangeBelow(twin.find(room)!, "ups")!;
      const paths = [0, 0];
      for (let bank = start; bank < end; bank++)
        paths[(bank - start) % 2] = paths[(bank - start) % 2]! + rig.power.banks.column.power[bank]!;
      expect(it).toBeGreaterThan(100);
      for (const kw of paths) expect(kw / it).toBeCloseTo(0.5, 6);
    }
    const kinds = (room: string): number[] =>
      ["ups1", "ups2"].map((bank) => rig.power.topology.kindOfBank[rig.row(`${room}/${bank}`)]!);
    expect(kinds(rooms.upsDouble)).toEqual([bankKind.upsDouble, bankKind.upsDouble]);
    expect(kinds(rooms.hvdc)).toEqual([bankKind.hvdc, bankKind.hvdc]);
    expect(kinds(rooms.mainsHvdc)).toEqual([bankKind.mainsDirect, bankKind.hvdc]);
  });

  // What breaks, and whether path B of the room must carry all of it.
  const single: readonly (readonly [id: (room: string) => string, condition: string, isPathLost: boolean])[] =
    [
      [(room) => `${room}/tx1`, "open", false],
      [(room) => `${room}/tx1`, "failed", false],
      [(room) => `${room}/row01`, "breakerOpenA", false],
      [(room) => `${room}/row01`, "breakerOpenB", false],
      [(room) => `${room}/ups2`, "failed", false],
      [(room) => `${room}/ups1`, "bypass", false],
      [(room) => `${room.split("/").slice(0, 2).join("/")}/txm1`, "open", false],
      [(room) => `${room.split("/").slice(0, 2).join("/")}/gen01`, "failed", false],
    ];
  test.each(roomIds)("no single fault of %s darkens a row, and the campus draws on", (room) => {
    for (const [id, condition] of single) {
      const rig = createRig(twin);
      run(rig, 3);
      const before = rig.power.grid.total[0]!;
      rig.set(id(room), condition, 1);
      // Twenty minutes: longer than any battery at this load.
      run(rig, 1200, 5);
      expect([id(room), condition, dark(rig)]).toEqual([id(room), condition, []]);
      expect(Math.abs(rig.power.grid.total[0]! / before - 1)).toBeLessThan(0.03);
      rig.set(id(room), condition, 0);
      run(rig, 3600, 10);
      expect(dark(rig)).toEqual([]);
    }
  });

  test("when one path is dead, the other carries all of it", () => {
    for (const room of [rooms.hvdc, rooms.upsDouble]) {
      const rig = createRig(twin);
      run(rig, 3);
      const both = outputOf(rig, `${room}/ups2`);
      rig.set(`${room}/tx1`, "open", 1);
      run(rig, 5);
      expect(modeOf(rig, `${room}/ups1`)).toBe(supplyMode.battery);
      expect(outputOf(rig, `${room}/ups2`)).toBeCloseTo(both, 3);
      run(rig, 2400, 5);
      expect(modeOf(rig, `${room}/ups1`)).toBe(supplyMode.dead);
      expect(outputOf(rig, `${room}/ups1`)).toBe(0);
      expect(outputOf(rig, `${room}/ups2`) / both).toBeCloseTo(2, 3);
    }
  });

  test("a direct path is gone with its mains at once; its HVDC side takes over and gives back", () => {
    const rig = createRig(twin);
    run(rig, 3);
    expect(modeOf(rig, `${rooms.mainsHvdc}/ups1`)).toBe(supplyMode.mainsDirect);
    const before = outputOf(rig, `${rooms.mainsHvdc}/ups2`);
    rig.set(`${rooms.mainsHvdc}/tx1`, "failed", 1);
    rig.step(1);
    expect(modeOf(rig, `${rooms.mainsHvdc}/ups1`)).toBe(supplyMode.dead);
    expect(outputOf(rig, `${rooms.mainsHvdc}/ups2`) / before).toBeCloseTo(2, 3);
    rig.set(`${rooms.mainsHvdc}/tx1`, "failed", 0);
    rig.step(1);
    expect(outputOf(rig, `${rooms.mainsHvdc}/ups2`) / before).toBeCloseTo(1, 3);
    expect(dark(rig)).toEqual([]);
  });

  test.each(roomIds)(
    "without both transformers, exactly the rows of %s end, when their batteries are empty",
    (room) => {
      const rig = createRig(twin);
      run(rig, 3);
      rig.set(`${room}/tx1`, "open", 1);
      rig.set(`${room}/tx2`, "open", 1);
      rig.step(1);
      expect(dark(rig)).toEqual([]);
      const { topology, distribution, banks } = rig.power;
      const rated = sumRange(topology.rated.bank, topology.banksOfRoom, rig.row(room));
      const it = distribution.roomIt[rig.row(room)]!;
      const losses = sumRange(banks.loss, topology.banksOfRoom, rig.row(room));
      const hasBatteries = topology.kindOfBank[rig.row(`${room}/ups1`)] === bankKind.mainsDirect ? 0.5 : 1;
      // Ten minutes of rated load in every battery; what is lost on the way is drawn from it too.
      const seconds = (rated * hasBatteries * 600) / (it + losses);
      run(rig, Math.floor(seconds * 0.97), 2);
      expect(dark(rig)).toEqual([]);
      run(rig, Math.ceil(seconds * 0.06), 2);
      expect(dark(rig)).toEqual(rowsOf(room));
      rig.set(`${room}/tx1`, "open", 0);
      run(rig, 60);
      expect(dark(rig)).toEqual([]);
    },
  );

  test("an aged battery lasts as much less", () => {
    const lasted = [0, 0.5].map((aged) => {
      const rig = createRig(twin);
      for (const bank of ["ups1", "ups2"]) rig.set(`${rooms.hvdc}/${bank}`, "batteryAged", aged);
      for (const tx of ["tx1", "tx2"]) rig.set(`${rooms.hvdc}/${tx}`, "open", 1);
      let seconds = 0;
      while (dark(rig).length === 0 && seconds < 4000) {
        rig.step(2);
        seconds += 2;
      }
      return seconds;
    });
    expect(lasted[1]! / lasted[0]!).toBeGreaterThan(0.48);
    expect(lasted[1]! / lasted[0]!).toBeLessThan(0.52);
  });
});

describe("overload", () => {
  test("over 125 % for a minute a UPS goes to bypass and back again; over 150 % it is off until somebody resets it", () => {
    const rig = createRig(twin);
    const room = rooms.upsDouble;
    rig.load = 0.65;
    run(rig, 3);
    rig.set(`${room}/row01`, "breakerOpenA", 1);
    run(rig, 3);
    expect(modeOf(rig, `${room}/ups2`)).toBe(supplyMode.online);
    for (let row = 1; row <= 4; row++) rig.set(`${room}/row0${row}`, "breakerOpenA", 1);
    rig.load = 1.3;
    run(rig, 50);
    expect(modeOf(rig, `${room}/ups2`)).toBe(supplyMode.online);
    run(rig, 15);
    expect(modeOf(rig, `${room}/ups2`)).toBe(supplyMode.bypass);
    expect(rig.power.banks.column.status[rig.row(`${room}/ups2`)]).toBe(2);
    rig.load = 0.5;
    run(rig, 3);
    expect(modeOf(rig, `${room}/ups2`)).toBe(supplyMode.online);
    rig.load = 1.7;
    run(rig, 3);
    expect(modeOf(rig, `${room}/ups2`)).toBe(supplyMode.dead);
    expect(dark(rig)).toEqual(rowsOf(room));
    rig.load = 0.5;
    run(rig, 600, 10);
    expect(dark(rig)).toEqual(rowsOf(room));
    rig.set(room.split("/").slice(0, 2).join("/"), "resetByHand", 1);
    run(rig, 3);
    expect(dark(rig)).toEqual([]);
  });
});

test("half-empty rooms: what banks and transformers lose grows from a twentieth of IT to a third; DC loses less", () => {
  const lossOver = (building: string, load: number): number => {
    const rig = createRig(twin);
    rig.load = load;
    rig.step(1);
    const { distribution: d } = rig.power;
    const row = rig.row(building);
    return (d.bankLoss[row]! + d.transformerLoss[row]!) / d.it[row]!;
  };
  // As docs/PLANT.md states them.
  const stated = {
    "a/hero": [0.039, 0.056, 0.33],
    "b/b01": [0.032, 0.039, 0.19],
    "cw/w01": [0.02, 0.025, 0.14],
  };
  for (const [building, figures] of Object.entries(stated))
    for (const [index, load] of [0.8, 0.4, 0.05].entries())
      expect(lossOver(building, load) / figures[index]!).toBeCloseTo(1, 1);
});
