import type { Mesh } from "three";
import { describe, expect, it } from "vitest";
import { createCampusState, type WritableCampus } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { cellOf } from "#renderer/data/state.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { Inside } from "./inside.ts";
import { ropesOf } from "./leakRopes.ts";
import { Part, piecesOf } from "./pieces.ts";
import { pipesOf, Run } from "./pipes.ts";
import { planOf } from "./plan.ts";

const twin = campusTwin(2_000);
const layout = layoutOf(twin);
const hero = twin.find("a/hero")!;
const floor = twin.find("a/hero/f1")!;
const room = twin.find("a/hero/f1/r1")!;
const plan = planOf(twin, room.row, hero.row);

describe("plan of a room", () => {
  it("finds rows, cold and hot aisles between them, and the coolant unit of every row", () => {
    expect(plan.rows.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4]);
    expect(plan.aisles.map(({ isCold }) => isCold)).toEqual([true, false, true]);
    expect(new Set(plan.rows.map(({ cdu }) => cdu)).size).toBe(4);
    expect(plan.rows.every(({ cdu, isLiquid }) => cdu >= 0 && isLiquid)).toBe(true);
  });

  it("leads a hose pair to every rack that is there and to none that is not", () => {
    const hoses = pipesOf(plan, true, 20).filter(({ diameter }) => diameter < 0.04 && diameter > 0.031);
    const racks = plan.rows.reduce((sum, { rackX }) => sum + rackX.length, 0);
    expect(hoses.length).toBe(racks * 2);
    expect(hoses.filter(({ run }) => run === Run.supply).length).toBe(racks);
  });

  it("leads cables only from the supplies that the twin's links name for a row", () => {
    const cables = pipesOf(plan, true, 20).filter(({ run }) => run === Run.power);
    expect(plan.rows.every(({ ups }) => ups.length === 2)).toBe(true);
    expect(new Set(cables.map(({ ups }) => ups))).toEqual(new Set(plan.rows.flatMap(({ ups }) => ups)));
  });

  it("invents no power cabinet, battery or gas bottle where the layout is no illustration", () => {
    expect(piecesOf(plan, true).some(({ part }) => part === Part.cabinet)).toBe(true);
    expect(piecesOf(plan, false).some(({ part }) => part === Part.cabinet || part === Part.sign)).toBe(false);
    expect(pipesOf(plan, false, 20).some(({ run }) => run === Run.still)).toBe(false);
  });
});

const fresh = packStatus(Quality.good, Freshness.fresh, Origin.simulated);
const stale = packStatus(Quality.good, Freshness.stale, Origin.simulated);

const put = (
  state: WritableCampus,
  [className, metric]: readonly ["rack" | "cdu", string],
  { row, value, status }: { readonly row: number; readonly value: number; readonly status: number },
): void => {
  const cells = state.of(className);
  const cell = cellOf(cells, row, metricIndex(className, metric));
  cells.value[cell] = value;
  cells.status[cell] = status;
};

/** States that the shader gets: of leak ropes (1 wet, 0 dry, −1 unknown) and of pipes. */
const shown = (state: WritableCampus): { readonly ropes: number[]; readonly flows: number[] } => {
  const inside = new Inside(layout, {});
  inside.show(floor, hero.row);
  inside.frame(state, { numbers: new Float64Array([300, 0, 0, 300]), still: true, isOpening: false });
  const [, fabric, pipes] = inside.root.children as Mesh[];
  const looks = (mesh: Mesh | undefined, of: (part: number) => boolean): number[] => {
    const { array, count } = mesh!.geometry.getAttribute("iLook");
    return Array.from({ length: count }, (_, i) => i)
      .filter((i) => of(array[i * 4]!))
      .map((i) => array[i * 4 + 2]!);
  };
  return {
    ropes: looks(fabric, (part) => part === Part.rope),
    flows: looks(pipes, (run) => run === Run.supply || run === Run.return),
  };
};

describe("what telemetry says inside", () => {
  const newState = (): WritableCampus => createCampusState(twin, { nowMs: () => 0 } as never);
  const all = ropesOf(plan).length;

  it("shows neither dry ropes nor flow while nothing is known", () => {
    const { ropes, flows } = shown(newState());
    expect(ropes.length).toBeGreaterThanOrEqual(all);
    expect(new Set(ropes)).toEqual(new Set([-1]));
    expect(new Set(flows)).toEqual(new Set([-1]));
  });

  it("shows a leak at the rack that reports it and nowhere else; a stale sensor is unknown, not dry", () => {
    const state = newState();
    const [start, end] = twin.rangeBelow(floor, "rack")!;
    for (let row = start; row < end; row++)
      put(state, ["rack", "leakDetect"], { row, value: 0, status: fresh });
    put(state, ["rack", "leakDetect"], { row: start + 7, value: 1, status: fresh });
    put(state, ["rack", "leakDetect"], { row: start + 9, value: 1, status: stale });
    const { ropes } = shown(state);
    expect(ropes.filter((rope) => rope === 1).length).toBe(1);
    const racks = end - start;
    expect(ropes.filter((rope) => rope === 0).length).toBe(racks - 2);
  });

  it("moves a row's coolant by its own unit, and the mains only when every unit is known", () => {
    const state = newState();
    const [first, ...others] = plan.cdus.map(({ row }) => row);
    put(state, ["cdu", "flow"], { row: first!, value: 500, status: fresh });
    const moving = shown(state).flows.filter((flow) => flow > 0);
    expect(new Set(moving)).toEqual(new Set([0.5]));
    for (const row of others) put(state, ["cdu", "flow"], { row, value: 100, status: fresh });
    const values = new Set(
      shown(state)
        .flows.filter((flow) => flow > 0)
        .map((flow) => flow.toFixed(2)),
    );
    expect(values).toEqual(new Set(["0.50", "0.10", "0.20"]));
  });
});
