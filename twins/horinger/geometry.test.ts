import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";

const files = Object.fromEntries(
  readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(`${import.meta.dirname}/${path}`, "utf8")]),
);
/** Everything the plan has, and a load-test zone. */
const twin = loadTwin(files, { racks: 300_000 });

interface Box {
  readonly ref: AssetRef;
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
}

/** Bounds in campus axes; exact for assets turned by quarters. */
const boxOf = (ref: AssetRef): Box => {
  const { pose, size } = twin.table(ref.className);
  const [east, north, up, yaw] = pose.subarray(ref.row * 4, ref.row * 4 + 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const [x, y, z] = size.subarray(ref.row * 3, ref.row * 3 + 3) as unknown as [number, number, number];
  const turned = Math.abs(Math.round(yaw / 90)) % 2 === 1;
  const [width, depth] = turned ? [y, x] : [x, y];
  return {
    ref,
    low: [east - width / 2, north - depth / 2, up],
    high: [east + width / 2, north + depth / 2, up + z],
  };
};

/** Positions are 32-bit floats some kilometres from the origin: half a millimetre is no overlap. */
const slack = 5e-4;

const overlap = (a: Box, b: Box): boolean =>
  [0, 1, 2].every((axis) => a.low[axis]! + slack < b.high[axis]! && b.low[axis]! + slack < a.high[axis]!);

const inside = (inner: Box, outer: Box): boolean =>
  [0, 1, 2].every(
    (axis) => inner.low[axis]! >= outer.low[axis]! - slack && inner.high[axis]! <= outer.high[axis]! + slack,
  );

const below = (ref: AssetRef, classes: readonly ClassName[]): readonly Box[] =>
  classes.flatMap((className) => {
    const [start, end] = twin.rangeBelow(ref, className) ?? [0, 0];
    return Array.from({ length: end - start }, (_, i) => boxOf({ className, row: start + i }));
  });

/** Ids of the pairs that overlap, by a sweep from west to east. */
const overlaps = (boxes: readonly Box[]): readonly string[] => {
  const sorted = [...boxes].sort((a, b) => a.low[0] - b.low[0]);
  return sorted.flatMap((box, i) => {
    const found: string[] = [];
    for (let j = i + 1; j < sorted.length && sorted[j]!.low[0] < box.high[0]; j++)
      if (overlap(box, sorted[j]!)) found.push(`${twin.idOf(box.ref)} × ${twin.idOf(sorted[j]!.ref)}`);
    return found;
  });
};

const all = (className: ClassName): readonly AssetRef[] =>
  Array.from({ length: twin.table(className).count }, (_, row) => ({ className, row }));

const site: AssetRef = { className: "site", row: 0 };

describe("positions on the campus", () => {
  it("keeps buildings, yards and fields apart", () => {
    const yard = below(site, ["chiller", "coolingTower", "pump", "generator"]);
    const mechanical = below(site, ["transformer"]).filter(({ ref }) => !twin.idOf(ref).includes("/f"));
    const mains = mechanical.filter(({ ref }) => twin.idOf(ref).includes("/mt"));
    const fields = below(site, [
      "building",
      "pvTable",
      "windTurbine",
      "battery",
      "weatherStation",
      "portal",
      "centre",
    ]);
    const substations = below(site, ["substation"]);
    const machines = mechanical.filter((box) => !mains.includes(box));
    expect(overlaps([...yard, ...machines, ...fields, ...substations]).slice(0, 10)).toEqual([]);
    expect(overlaps([...mains, ...fields]).slice(0, 10)).toEqual([]);
  });

  it("keeps what stands in a building inside it and apart", () => {
    const faults = all("building").flatMap((building) => {
      const shell = boxOf(building);
      const rooms = below(building, ["room"]);
      const electrical = below(building, ["ups", "transformer"]).filter(
        ({ ref }) => !twin.idOf(ref).includes("txm"),
      );
      return [
        ...overlaps([...rooms, ...electrical]),
        ...[...rooms, ...electrical].filter((box) => !inside(box, shell)).map(({ ref }) => twin.idOf(ref)),
      ];
    });
    expect(faults.slice(0, 10)).toEqual([]);
  });

  it("keeps rows, air handlers and CDUs inside their room and apart", () => {
    const evaporative = twin.table("room").attribute("cooling")!;
    const faults = all("room").flatMap((room) => {
      const shell = boxOf(room);
      const onFacade = evaporative[room.row] === 1;
      const indoors = below(room, onFacade ? ["row", "cdu"] : ["row", "cdu", "crah"]);
      return [
        ...overlaps(indoors),
        ...indoors.filter((box) => !inside(box, shell)).map(({ ref }) => twin.idOf(ref)),
      ];
    });
    expect(faults.slice(0, 10)).toEqual([]);
  });

  it("hangs evaporative units on the façade: outside their building, apart, clear of the yard", () => {
    const faults = all("building")
      .filter(({ row }) => twin.table("building").attribute("cooling")![row] === 1)
      .flatMap((building) => {
        const units = below(building, ["crah"]);
        const shell = boxOf(building);
        return [
          ...overlaps([...units, ...below(building, ["generator"])]),
          ...units.filter((box) => overlap(box, shell)).map(({ ref }) => twin.idOf(ref)),
        ];
      });
    expect(twin.table("building").attribute("cooling")).toContain(1);
    expect(faults.slice(0, 10)).toEqual([]);
  });

  it("stands racks side by side in their row, neighbours 0.6 m apart, rows face to face", () => {
    const { pose } = twin.table("rack");
    const rows = twin.table("row");
    const faults: string[] = [];
    for (const row of all("row")) {
      const shell = boxOf(row);
      const [start, end] = twin.rangeBelow(row, "rack")!;
      for (let rack = start; rack < end; rack++) {
        if (!inside(boxOf({ className: "rack", row: rack }), shell))
          faults.push(twin.table("rack").idOf(rack));
        if (rack === start) continue;
        const step = Math.abs(pose[rack * 4]! - pose[rack * 4 - 4]!);
        if (Math.abs(step / 0.6 - Math.round(step / 0.6)) > 0.01 || step < 0.59)
          faults.push(twin.table("rack").idOf(rack));
      }
      if (rows.parentRow[row.row] !== rows.parentRow[row.row + 1] || row.row + 1 >= rows.count) continue;
      const turn = Math.abs(rows.pose[row.row * 4 + 3]! - rows.pose[row.row * 4 + 7]!);
      const aisle = rows.pose[row.row * 4 + 5]! - rows.pose[row.row * 4 + 1]! - 1.2;
      if (turn !== 180 || Math.abs(aisle - 1.2) > 0.001) faults.push(rows.idOf(row.row));
    }
    expect(faults.slice(0, 10)).toEqual([]);
  });
});
