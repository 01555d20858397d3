import fc from "fast-check";
import { expect, test } from "vitest";
import { faultCampus } from "#twins/physics/faults/campus.fixture.ts";
import { faultKinds, metricsOf } from "#twins/physics/faults/catalogue.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import type { FaultKind } from "#twins/physics/faults/kind.ts";
import type { FaultOrder } from "#twins/physics/faults/order.ts";
import { createPlant, type Plant } from "#twins/physics/plant.ts";
import { figureOf } from "./figures.ts";
import { createSoundness } from "./soundness.ts";

const twin = faultCampus();
const starts = [Date.UTC(2026, 6, 10, 6), Date.UTC(2026, 0, 18, 20)];

/** Any fault of the catalogue, anywhere that it can be. */
const orderOf = (kind: FaultKind): fc.Arbitrary<FaultOrder> => {
  const classes = [...(kind.className === null ? twin.tables.keys() : [kind.className]), ...kind.places];
  const places = classes
    .filter((className) => kind.className !== null || metricsOf(kind, className).length > 0)
    .filter((className) => twin.table(className).count > 0)
    .flatMap((className) =>
      Array.from({ length: twin.table(className).count }, (_, row) => ({ className, row })),
    )
    .filter(
      (ref) =>
        kind.className === null || ref.className === kind.className || twin.rangeBelow(ref, kind.className),
    );
  return fc.constantFrom(...places).chain((ref) => {
    const metrics = metricsOf(kind, ref.className);
    return fc.record({
      fault: fc.constant(kind.id),
      asset: fc.constant(twin.idOf(ref)),
      ...(metrics.length > 0 && { metric: fc.constantFrom(...metrics.map(({ id }) => id)) }),
      severity: fc.double({ min: 0.05, max: 1, noNaN: true }),
    });
  });
};
const order = fc.constantFrom(...faultKinds).chain(orderOf);

interface Trouble {
  readonly order: FaultOrder;
  readonly forS: number;
  readonly overS: number;
  /** Until the next. */
  readonly afterS: number;
}
const trouble: fc.Arbitrary<Trouble> = fc.record({
  order,
  forS: fc.integer({ min: 1, max: 900 }),
  overS: fc.constantFrom(0, 0, 60, 400),
  afterS: fc.integer({ min: 0, max: 240 }),
});
const troubles = fc.array(trouble, { minLength: 1, maxLength: 4 });
const steps = fc.array(fc.constantFrom(1, 5, 10, 37, 60, 300), { minLength: 1, maxLength: 6 });

/** What breaks has been broken by then, and what was repaired is itself again. */
const brokenS = 1200;
const mendedS = 3600;

const read = (plant: Plant, asset: string, metric: string): number => {
  const figure = figureOf(twin, plant, { asset, metric });
  return figure.ok ? figure.value() : Number.NaN;
};

const machines = [...twin.tables.keys()].filter((className) => className !== "battery");

/** What people would look at before they go home; but containers that have burnt cool for hours. */
const stateOf = (plant: Plant) => ({
  racksOn: read(plant, "site", "racksOn"),
  isOnGenerators: read(plant, "site", "generatorPower") > 0,
  isHot: read(plant, "site", "inletMax") > 27,
  supplyModes: Array.from(plant.parts.power.banks.column.supplyMode),
  wrongMachines: machines.flatMap((className) =>
    Array.from({ length: twin.table(className).count }, (_, row) => twin.idOf({ className, row })).filter(
      (asset) => [2, 3].includes(read(plant, asset, "status")),
    ),
  ),
});

const healthy = starts.map((startMs) => {
  const plant = createPlant(twin, { seed: 1, startMs });
  for (let s = 0; s < brokenS + mendedS; s += 60) plant.step(60);
  return stateOf(plant);
});

/** A room whose racks have tripped on heat has to be cooled for them to start again, though it asks for no cooling then. */
const trippedRoom: [number, Trouble[], number[]] = [
  0,
  [{ order: { fault: "fire", asset: "a/cool/f1/r1", severity: 0.05 }, forS: 270, overS: 0, afterS: 0 }],
  [60],
];

test("whatever breaks together, nothing is lost on the way; once it is repaired all is as ever", () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1), troubles, steps, (season, all, lengths) => {
      const plant = createPlant(twin, { seed: 1, startMs: starts[season]! });
      const faults = createFaults(twin, plant);
      const soundness = createSoundness(twin, plant);
      let nowS = 0;
      let turn = 0;
      const stepTo = (endS: number): void => {
        while (nowS < endS) {
          const seconds = Math.min(lengths[turn++ % lengths.length]!, endS - nowS);
          faults.step(seconds);
          nowS += seconds;
          soundness.look(nowS);
        }
      };
      for (const { order: each, afterS, ...times } of all) {
        expect(faults.inject({ ...each, ...times })).toMatchObject({ ok: true });
        stepTo(nowS + afterS);
      }
      stepTo(brokenS);
      faults.clear({});
      // UPS that counted dips or were overloaded wait for somebody: people go round.
      for (let row = 0; row < twin.table("building").count; row++) {
        const asset = twin.idOf({ className: "building", row });
        faults.inject({ fault: "resetByHand", asset, forS: 60 });
      }
      for (; nowS < brokenS + mendedS; nowS += 60) {
        faults.step(60);
        soundness.look(nowS);
      }
      expect(soundness.lines()).toEqual([]);
      expect(faults.inForce()).toEqual([]);
      expect(stateOf(plant)).toEqual(healthy[season]);
    }),
    { numRuns: 20, examples: [trippedRoom] },
  );
}, 120_000);
