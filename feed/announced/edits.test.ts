import { expect, test } from "vitest";
import type { TwinEdit } from "#feed/contract/bridge.ts";
import { announceTwin } from "#twins/announced/announced.ts";
import { loadTwin } from "#twins/model/load.ts";
import { mergeEdits, refuseEdited, refuseEdits } from "./edits.ts";
import { standsOn } from "./overlap.ts";

const said = { className: "rack", metric: "power", serves: [], associates: [], name: null } as const;
const points = ["B1-R1", "B1-R2"].flatMap((room) =>
  ["K1", "K2", "K3"].map((rack) => {
    const id = `${room}-ROW1-${rack}`;
    return { ...said, externalId: id, rackLocationId: id };
  }),
);
const twin = loadTwin(announceTwin(points, []));
const idOf = (externalId: string): string => twin.idOf(twin.aliases.get(externalId)!);
const [first, second] = [idOf("B1-R1"), idOf("B1-R2")];

const apply = (changes: readonly TwinEdit[]) =>
  refuseEdited(twin, loadTwin(announceTwin(points, mergeEdits([], changes))), changes);

test("a later edit replaces the fields it names and keeps the others", () => {
  const name = { zh: "甲", en: "A" };
  const merged = mergeEdits(
    [{ id: "a", name, yawDeg: 5 }],
    [
      { id: "a", at: [1, 2] },
      { id: "b", yawDeg: 1 },
    ],
  );
  expect(merged).toEqual([
    { id: "a", name, yawDeg: 5, at: [1, 2] },
    { id: "b", yawDeg: 1 },
  ]);
});

test("nothing that was laid out by rule stands on anything else", () => {
  for (const table of twin.tables.values())
    for (let row = 0; row < table.count; row++)
      expect([...standsOn(twin, { className: table.className, row })], table.idOf(row)).toEqual([]);
});

test("a room is moved to free ground, and refused on another one's", () => {
  expect(apply([{ id: first, at: [0, 500] }])).toBeNull();
  const { pose } = twin.table("room");
  const [from, to] = [twin.find(first)!.row, twin.find(second)!.row];
  const building = twin.parentOf(twin.find(first)!)!;
  const centre = twin.table(building.className).pose.subarray(building.row * 4, building.row * 4 + 2);
  const onSecond = [pose[to * 4]! - centre[0]!, pose[to * 4 + 1]! - centre[1]!] as const;
  expect(from).not.toBe(to);
  expect(apply([{ id: first, at: onSecond }])).toMatchObject({
    code: "edit-overlap",
    asset: second,
  });
  // Both at once trade places.
  const onFirst = [pose[from * 4]! - centre[0]!, pose[from * 4 + 1]! - centre[1]!] as const;
  expect(
    apply([
      { id: first, at: onSecond },
      { id: second, at: onFirst },
    ]),
  ).toBeNull();
});

test("edits of what is not there, of what has no place, and without a name are refused with the reason", () => {
  expect(refuseEdits(twin, [{ id: "no/such" }])).toMatchObject({ code: "edit-asset-unknown" });
  expect(refuseEdits(twin, [{ id: "site/sys", at: [0, 0] }])).toMatchObject({ code: "edit-fixed" });
  expect(refuseEdits(twin, [{ id: first, name: { zh: " ", en: "A" } }])).toMatchObject({
    code: "edit-name-empty",
  });
  expect(refuseEdits(twin, [{ id: first, name: { zh: "甲", en: "A" } }])).toBeNull();
});
