import { describe, expect, test } from "vitest";
import { faultCampus } from "#twins/physics/faults/campus.fixture.ts";
import { faultAt, faultKinds } from "#twins/physics/faults/catalogue.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import type { FaultOrder } from "#twins/physics/faults/order.ts";
import { createPlant, type Plant } from "#twins/physics/plant.ts";
import type { LedWeather, WeatherQuantity } from "#twins/physics/weather/shift.ts";
import { figureOf } from "./figures.ts";
import { type Change, type Figure, type Spread, spreads } from "./spread.fixture.ts";

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
const stepS = 5;
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

const named = spreads.map((spread) => {
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

  test("is said here of every fault of the catalogue that is in no sensor", () => {
    const covered = new Set(named.map(([, kind]) => kind));
    const missing = faultKinds.filter((kind) => kind.acts === "condition" && !covered.has(kind));
    expect(missing.map(({ className, id }) => `${className}.${id}`)).toEqual([]);
  });
});
