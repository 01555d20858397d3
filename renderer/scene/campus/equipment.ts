import { type BufferGeometry, Group, type Mesh } from "three";
import type { ClassName } from "#twins/model/metric.ts";
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

/** Outdoor plant: one draw per archetype. */
export class Equipment {
  readonly root = new Group();

  constructor(layout: Layout, sky: SkyUniforms, open: OpenUniforms) {
    const material = sceneryMaterial(sky, open);
    const draw = (kit: BufferGeometry, boxes: readonly Placed[], shadow = 1): Mesh => {
      const mesh = instancesOf(kit, boxes, material);
      this.root.add(mesh);
      if (shadow > 0) this.casters.push(...boxes.map((b) => ({ ...b, height: b.height * shadow })));
      return mesh;
    };
    draw(
      kits.coolingTower(),
      classBoxes(layout, "coolingTower").map((b) => ({ ...b, y: b.y - 1.1 })),
    );
    draw(kits.packagedUnit(), [...classBoxes(layout, "chiller"), ...roofUnits(layout)]);
    draw(kits.generator(), classBoxes(layout, "generator"));
    draw(kits.transformer(), classBoxes(layout, "transformer", true));
    draw(kits.container(), cabinets(layout));
    draw(kits.gantry(), gantries(layout), 0);
  }

  /** Boxes that throw a shadow. */
  readonly casters: Placed[] = [];
}
