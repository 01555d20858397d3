import { type BufferGeometry, Group, type InstancedBufferAttribute, type Mesh } from "three";
import type { CampusState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { isUsable } from "#twins/model/quality.ts";
import { Stage } from "#twins/model/twin.ts";
import { instancesOf, type Placed } from "./instances.ts";
import * as kits from "./kits.ts";
import { boxOf, type Layout } from "./layout.ts";
import type { OpenUniforms } from "./opening.ts";
import { chance, metric, scaled } from "./scatter.ts";
import { sceneryMaterial } from "./scenery.ts";
import { within } from "./site.ts";
import type { SkyUniforms } from "./sky.ts";
import { cabinetClasses, enclosedZones, yardPlant } from "./yard.ts";

/** A larger step of site time is a jump, not time going by: telemetry has the demand loop draw far more often. */
const jumpMs = 5_000;
/** Rotors never turn further than this in one frame: seen after a pause, they go on, not spin up. */
const longestTurnMs = 50;

const classBoxes = (layout: Layout, className: ClassName, outdoorsOnly = false): Placed[] => {
  const table = layout.twin.table(className);
  const boxes: Placed[] = [];
  for (let row = 0; row < table.count; row++) {
    const parent = layout.twin.parentOf({ className, row });
    if (outdoorsOnly && parent?.className === "room") continue;
    const box = boxOf(table, row);
    const isOnRoof = parent?.className === "building" && box.y > 1;
    boxes.push({ ...box, extra: scaled(chance(row), isOnRoof ? parent.row : -1) });
  }
  return boxes;
};

/** Plant without a room, in a yard. */
const cabinets = ({ twin }: Layout): Placed[] => {
  const { ofZones, ofBuildings } = yardPlant(twin, cabinetClasses);
  return [...[...ofZones.values()].flat(), ...ofBuildings].map(({ className, row }) => ({
    ...boxOf(twin.table(className), row),
    extra: scaled(chance(row)),
  }));
};

/**
 * Roof units for built halls that carry no towers of their own in the twin. Not where somebody lists what there is:
 * there they would pass for plant.
 */
const roofUnits = (layout: Layout): Placed[] => {
  const enclosed = enclosedZones(layout.twin);
  return layout.buildings.flatMap((b): Placed[] => {
    if (b.stage !== Stage.built || enclosed.has(b.zone)) return [];
    if (layout.twin.rangeBelow({ className: "building", row: b.row }, "coolingTower")) return [];
    const count = Math.floor((b.width - 12) / 11);
    return Array.from({ length: count }, (_, i) => ({
      ...within(b, [(i - (count - 1) / 2) * 11, b.height - 1.1, 0], [8.4, 3.1, 4.4]),
      extra: scaled(chance(b.row, i), b.row),
    }));
  });
};

const gantries = (layout: Layout): Placed[] => {
  const table = layout.twin.table("substation");
  const found: Placed[] = [];
  for (let row = 0; row < table.count; row++) {
    const yard = boxOf(table, row);
    for (let x = -yard.width / 2 + 14; x <= yard.width / 2 - 12; x += 26)
      for (let z = -yard.depth / 2 + 10; z <= yard.depth / 2 - 10; z += 22)
        found.push({ ...within(yard, [x, 0, z], [24, 14, 14]), extra: metric(0) });
  }
  return found;
};

/** Rotor radius, m, from the twin or a usual share of hub height. */
const rotors = (layout: Layout): Placed[] => {
  const table = layout.twin.table("windTurbine");
  const diameter = table.attribute("rotorM");
  return Array.from({ length: table.count }, (_, row) => {
    const box = boxOf(table, row);
    const radius = (diameter?.[row] ?? box.height * 1.4) / 2;
    return {
      ...box,
      y: box.y + box.height * 0.995,
      width: radius,
      height: radius,
      depth: radius,
      extra: [0, chance(row) * 6.28, 1, row],
    };
  });
};

/** Outdoor plant: one draw per archetype. */
export class Equipment {
  readonly root = new Group();
  readonly #rotors: Mesh;
  readonly #rotorColumn = metricIndex("windTurbine", "rotorSpeed");
  readonly #angles: Float32Array;
  #turning = false;
  #shownMs = 0;

  constructor(layout: Layout, sky: SkyUniforms, open: OpenUniforms) {
    const material = sceneryMaterial(sky, open);
    const draw = (kit: BufferGeometry, boxes: readonly Placed[], shadow = 1): Mesh => {
      const mesh = instancesOf(kit, boxes, material);
      this.root.add(mesh);
      if (shadow > 0) this.casters.push(...boxes.map((b) => ({ ...b, height: b.height * shadow })));
      return mesh;
    };
    const turbines = classBoxes(layout, "windTurbine").map((b) => ({
      ...b,
      width: b.height,
      depth: b.height,
    }));
    draw(
      kits.coolingTower(),
      classBoxes(layout, "coolingTower").map((b) => ({ ...b, y: b.y - 1.1 })),
    );
    draw(kits.packagedUnit(), [...classBoxes(layout, "chiller"), ...roofUnits(layout)]);
    draw(kits.generator(), classBoxes(layout, "generator"));
    draw(kits.transformer(), classBoxes(layout, "transformer", true));
    draw(kits.container(), [...classBoxes(layout, "battery"), ...cabinets(layout)]);
    draw(kits.pvTable(), classBoxes(layout, "pvTable"), 0.6);
    draw(kits.turbineTower(), turbines, 0);
    draw(kits.gantry(), gantries(layout), 0);
    this.casters.push(...classBoxes(layout, "windTurbine"));
    this.#rotors = instancesOf(kits.turbineRotor(), rotors(layout), sceneryMaterial(sky, open, true));
    this.root.add(this.#rotors);
    this.#angles = (this.#rotors.geometry.getAttribute("iExtra") as InstancedBufferAttribute)
      .array as Float32Array;
  }

  /** Boxes that throw a shadow. */
  readonly casters: Placed[] = [];

  /** True while rotors turn, so that the picture wants another frame. */
  get turning(): boolean {
    return this.#turning;
  }

  /**
   * Turns each rotor by its speed for as long as site time went on: frozen or paused, rotors stand, and one whose
   * speed is stale or bad stands too. After a jump of the clock they start from angles of that time alone, so that
   * a frozen picture is the same every time.
   */
  frame(state: CampusState): void {
    const turbines = state.of("windTurbine");
    const nowMs = state.nowMs();
    const passedMs = nowMs - this.#shownMs;
    this.#shownMs = nowMs;
    const hasJumped = passedMs < 0 || passedMs > jumpMs;
    const stepMs = hasJumped ? 0 : Math.min(passedMs, longestTurnMs);
    this.#turning = false;
    for (let row = 0; row < turbines.rows; row++) {
      const cell = row * turbines.columns + this.#rotorColumn;
      if (hasJumped) this.#angles[row * 4 + 1] = row * 2.4 + ((nowMs % 6000) / 6000) * Math.PI * 2;
      const speed = turbines.value[cell]!;
      if (!(speed > 0) || !isUsable(turbines.status[cell]!)) continue;
      const turn = (speed / 60_000) * stepMs * Math.PI * 2;
      this.#angles[row * 4 + 1] = (this.#angles[row * 4 + 1]! - turn) % (Math.PI * 2);
      this.#turning ||= stepMs > 0;
    }
    if (this.#turning || hasJumped) this.#rotors.geometry.getAttribute("iExtra").needsUpdate = true;
  }
}
