import fc from "fast-check";
import { expect, test } from "vitest";
import { placed } from "#twins/model/table.ts";
import type { AssetRef, AssetTable, Twin } from "#twins/model/twin.ts";
import { localPlace } from "./localPlace.ts";

const tables: Record<string, Pick<AssetTable, "pose">> = {};
const twin = {
  table: (name: string) => tables[name],
  parentOf: ({ className }: AssetRef) => (className === "rack" ? { className: "row", row: 0 } : undefined),
} as unknown as Twin;

const metre = fc.double({ min: -500, max: 500, noNaN: true });
const degree = fc.double({ min: -179, max: 179, noNaN: true });
const place = fc.record({ east: metre, north: metre, yawDeg: degree });

test("a place written down is where the twin puts it again, whichever way the parent is turned", () => {
  fc.assert(
    fc.property(place, place, (of, child) => {
      const parent = placed([0, 0, 0, 0], [of.east, of.north], of.yawDeg);
      tables["row"] = { pose: Float32Array.from(parent) };
      tables["rack"] = { pose: Float32Array.from(placed(parent, [child.east, child.north], child.yawDeg)) };
      const local = localPlace(twin, { className: "rack", row: 0 });
      expect(local.east).toBeCloseTo(child.east, 1);
      expect(local.north).toBeCloseTo(child.north, 1);
      expect(local.yawDeg).toBeCloseTo(child.yawDeg, 1);
    }),
  );
});
