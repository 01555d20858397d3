import { describe, expect, test } from "vitest";
import { createBed, racksBelow } from "./bed.fixture.ts";
import { convertedW, serversOf } from "./servers.ts";

const [heroRack] = racksBelow("a/hero");

describe("servers of a rack", () => {
  test("add up to it: servers, and in each accelerators, host and conversion loss", () => {
    const bed = createBed();
    bed.conditions.of("rack").shed[heroRack + 3] = 0.35;
    for (let i = 0; i < 40; i++) bed.step(7);
    const { power } = bed.racks.columns;
    for (let rack = 0; rack < power.length; rack += 7) {
      let kw = 0;
      for (const { powerKw, lossW, hostW, accelerators } of serversOf(bed.racks, rack)) {
        kw += powerKw;
        const parts = lossW + hostW + accelerators.reduce((sum, card) => sum + card.powerW, 0);
        expect(Math.abs(parts - powerKw * 1000)).toBeLessThan(1e-6 * Math.max(1, powerKw * 1000));
        expect(Math.min(lossW, hostW)).toBeGreaterThanOrEqual(-1e-9);
      }
      expect(Math.abs(kw - power[rack]!)).toBeLessThanOrEqual(1e-6 * Math.max(1, power[rack]!));
    }
  });

  test("of the liquid-cooled building are two with eight accelerators each, warm as their power", () => {
    const bed = createBed();
    const servers = serversOf(bed.racks, heroRack);
    expect(servers.map((server) => server.accelerators.length)).toEqual([8, 8]);
    const [card] = servers[0]!.accelerators;
    expect(card!.powerW).toBeGreaterThan(200);
    expect(card!.temperature).toBeGreaterThan(45);
    expect(card!.temperature).toBeLessThan(75);
    bed.dispatch.pin({ asset: "a/hero", load: 0 });
    for (let i = 0; i < 60; i++) bed.step(10);
    const idle = serversOf(bed.racks, heroRack)[0]!.accelerators[0]!;
    expect(idle.powerW).toBeLessThan(0.35 * card!.powerW);
    expect(idle.temperature).toBeLessThan(card!.temperature - 10);
  });

  test("an empty rack has none, a dark one has servers without power", () => {
    const bed = createBed();
    const empty = bed.racks.facts.occupied.indexOf(0);
    expect(serversOf(bed.racks, empty)).toEqual([]);
    bed.supply.row.fill(0);
    bed.step(1);
    for (const { powerKw, lossW, accelerators } of serversOf(bed.racks, heroRack)) {
      expect([powerKw, lossW]).toEqual([0, 0]);
      for (const card of accelerators) expect([card.powerW, card.utilisation]).toEqual([0, 0]);
    }
  });

  test("conversion is that of the standards: twice, with what each loses anyway", () => {
    const out = 1000;
    const board = (out + 13) / 0.98;
    expect(convertedW((board + 17) / 0.96)).toBeCloseTo(out, 9);
    expect(convertedW(5)).toBe(0);
  });
});
