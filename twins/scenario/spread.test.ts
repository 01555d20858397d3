import { describe, expect, test } from "vitest";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { Column } from "#twins/physics/columns.ts";
import { faultCampus } from "#twins/physics/faults/campus.fixture.ts";
import { faultAt, faultKinds } from "#twins/physics/faults/catalogue.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import type { FaultKind } from "#twins/physics/faults/kind.ts";
import type { FaultOrder } from "#twins/physics/faults/order.ts";
import { createPlant, type Plant } from "#twins/physics/plant.ts";
import type { LedWeather, WeatherQuantity } from "#twins/physics/weather/shift.ts";
import { figureOf } from "./figures.ts";
import type { Change, Figure, Spread } from "./spread.fixture.ts";
import { coolingSpreads } from "./spread-cooling.fixture.ts";
import { energySpreads } from "./spread-energy.fixture.ts";
import { powerSpreads } from "./spread-power.fixture.ts";

const twin = faultCampus();
/** A hot afternoon and a frosty night, with wind. */
const seasons = {
  summer: { startMs: Date.UTC(2026, 6, 10, 6), airTemperature: 34, windSpeed: 8, cloud: 0 },
  winter: { startMs: Date.UTC(2026, 0, 18, 20), airTemperature: -20, windSpeed: 5, cloud: 0 },
};
const weatherOf = ({ startMs, ...values }: (typeof seasons)["summer"]): LedWeather => ({
  startMs: startMs - 1000,
  shifts: Object.entries(values).map(([quantity, value]) => ({
    quantity: quantity as WeatherQuantity,
    fromS: 0,
    atS: 0,
    untilS: 86_400,
    value,
  })),
});
/** The fault comes after a while. */
const settlingS = 120;
const stepS = 10;
const still = 1e-3;

/** Plays the fault, if any, and what came before and after it. */
const played = ({ also = [], season = "summer", withinS }: Spread, order: FaultOrder | null): Plant => {
  const { startMs } = seasons[season];
  const plant = createPlant(twin, { seed: 1, startMs, shifts: weatherOf(seasons[season]) });
  const faults = createFaults(twin, plant);
  const orders = [...also, ...(order ? [{ ...order, atS: 0 }] : [])].sort((a, b) => a.atS - b.atS);
  let nowS = -settlingS;
  const stepTo = (toS: number): void => {
    for (; nowS < toS; nowS = Math.min(toS, nowS + stepS)) faults.step(Math.min(stepS, toS - nowS));
  };
  for (const { atS, ...each } of orders) {
    stepTo(atS);
    expect(faults.inject(each)).toMatchObject({ ok: true });
  }
  stepTo(withinS);
  return plant;
};

const sound = new Map<string, Plant>();
const soundOf = (spread: Spread): Plant => {
  const { also, season, withinS } = spread;
  const key = JSON.stringify([also, season, withinS]);
  const plant = sound.get(key) ?? played(spread, null);
  sound.set(key, plant);
  return plant;
};

const read = (plant: Plant, [asset, metric]: Figure): number => {
  const figure = figureOf(twin, plant, { asset, metric });
  if (!figure.ok) throw new Error(figure.error.message);
  return figure.value();
};

const holds = (change: Change, now: number, else_: number): boolean => {
  if ("is" in change) return now === change.is && now !== else_;
  if ("above" in change) return now > change.above && else_ <= change.above;
  if ("below" in change) return now < change.below && else_ >= change.below;
  if ("rises" in change) return now >= else_ * (1 + change.rises);
  return else_ > 0 && now <= else_ * (1 - change.falls);
};

/** Seen in nothing but what is sent: tested where it is sent (feed/plant/relay.test.ts). */
const inGateways = ["gatewayLost", "clockSkew"];

const named = [...powerSpreads, ...coolingSpreads, ...energySpreads].map((spread) => {
  const kind = faultAt(twin.find(spread.asset)!.className, spread.fault)!;
  return [`${kind.className ?? "any"}.${kind.id} at ${spread.asset}`, kind, spread] as const;
});

describe("what follows from a fault, against the same plant without it", () => {
  test.each(named)("%s", (_name, _kind, spread) => {
    const { withinS: _s, changes, same = [], also: _also, season: _season, ...order } = spread;
    const plant = played(spread, order);
    const other = soundOf(spread);
    const wrong = [
      ...changes.flatMap((change) => {
        const [now, else_] = [read(plant, change.of), read(other, change.of)];
        return holds(change, now, else_) ? [] : [{ ...change, now, else_ }];
      }),
      ...same.flatMap((figure) => {
        const [now, else_] = [read(plant, figure), read(other, figure)];
        return Math.abs(now - else_) <= still * Math.abs(else_) ? [] : [{ same: figure, now, else_ }];
      }),
    ];
    expect(wrong).toEqual([]);
  });

  test("is said here of every fault of the catalogue that the truth shows", () => {
    const covered = new Set(named.map(([, kind]) => kind));
    const isShown = ({ acts, id }: FaultKind): boolean => acts === "condition" && !inGateways.includes(id);
    const missing = faultKinds.filter((kind) => isShown(kind) && !covered.has(kind));
    expect(missing.map(({ className, id }) => `${className}.${id}`)).toEqual([]);
  });
});

describe("what follows from a fault of a sensor: its reading, and nothing in the plant", () => {
  const metric = "supplyTemperature";
  const asset = "a/cool/f1/r1/crah01";
  const { row } = twin.find(asset)!;
  const other = twin.find("a/cool/f1/r1/crah02")!.row;
  const meter = "a/cool/m-main";
  const readings = (plant: Plant, of: string): Column => plant.columns.get("crah")![metricIndex("crah", of)]!;
  const spread: Spread = { fault: "sensorDrift", asset, metric, withinS: 600, changes: [] };
  const sound = played(spread, null);
  const truthOf = (plant: Plant): readonly number[] => [
    ...plant.truth.get("crah")!.flatMap((each) => [...each!]),
  ];

  test.each([
    ["sensorDrift", 0.2, 0.5],
    ["sensorFrozen", 0, 0.2],
    ["sensorNoisy", 0, 5],
  ])("%s", (fault, least, most) => {
    const plant = played(spread, { fault, asset, metric });
    expect(truthOf(plant)).toEqual(truthOf(sound));
    const off = Math.abs(readings(plant, metric)[row]! - readings(sound, metric)[row]!);
    expect(off).toBeGreaterThanOrEqual(least);
    expect(off).toBeLessThanOrEqual(most);
    expect(readings(plant, metric)[other]).toBe(readings(sound, metric)[other]);
    expect(readings(plant, "power")[row]).toBe(readings(sound, "power")[row]);
  });

  test("sensorLost", () => {
    const plant = played(spread, { fault: "sensorLost", asset, metric });
    expect(readings(plant, metric)[row]).toBeNaN();
    expect(readings(plant, metric)[other]).toBe(readings(sound, metric)[other]);
  });

  test.each([
    ["ratioWrong", "power", 0.5],
    ["registerReset", "energy", 0.01],
  ])("%s", (fault, of, share) => {
    const plant = played({ ...spread, fault }, { fault, asset: meter });
    const shown = (each: Plant): number =>
      each.columns.get("meter")![metricIndex("meter", of)]![twin.find(meter)!.row]!;
    expect(shown(plant)).toBeLessThan(1.02 * share * shown(sound));
    expect(plant.parts.grid.total[0]).toBe(sound.parts.grid.total[0]);
  });
});
