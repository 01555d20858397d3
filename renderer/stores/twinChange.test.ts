import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { announceTwin } from "#twins/announced/announced.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createNavigation } from "./navigation.ts";
import type { Campus, SessionState } from "./session.ts";
import { addTrend, createTrendsStore } from "./trends.ts";
import { followTwin, type Shift } from "./twinChange.ts";
import { createViewStore, flyTo } from "./view.ts";

const twinOf = (racks: readonly string[]): Twin => {
  const said = { className: "rack", metric: "power", serves: [], associates: [], name: null } as const;
  return loadTwin(
    announceTwin(
      racks.map((id) => ({ ...said, externalId: id, rackLocationId: id })),
      [],
    ),
  );
};

const before = twinOf(["B1-R2-ROW1-K1", "B1-R2-ROW1-K2"]);
const after = twinOf(["B1-R1-ROW1-K1", "B1-R2-ROW1-K1", "B1-R2-ROW1-K2"]);

const setUp = () => {
  const session = createStore<SessionState>(() => ({ phase: "connecting" }));
  const view = createViewStore();
  const navigation = createNavigation(view);
  const trends = createTrendsStore();
  const shifts: Shift[] = [];
  followTwin({ session, view, navigation, trends, onShift: (shift) => shifts.push(shift) });
  const show = (twin: Twin): void => session.setState({ phase: "ready", campus: { twin } as Campus }, true);
  return { view, navigation, trends, shifts, show };
};

test("selection and way back name the same assets in the campus that was laid out anew", () => {
  const { view, navigation, shifts, show } = setUp();
  show(before);
  const [first, second] = ["B1-R2-ROW1-K1", "B1-R2-ROW1-K2"].map((id) => before.aliases.get(id)!);
  flyTo(view, first!);
  flyTo(view, second!);
  show(after);
  const now = after.aliases.get("B1-R2-ROW1-K2")!;
  expect(now.row).not.toBe(second!.row);
  expect(view.getState().selected).toEqual(now);
  const poses = [before.table("rack").pose, after.table("rack").pose] as const;
  expect(shifts).toEqual([
    {
      east: poses[1][now.row * 4]! - poses[0][second!.row * 4]!,
      north: poses[1][now.row * 4 + 1]! - poses[0][second!.row * 4 + 1]!,
    },
  ]);
  navigation.back();
  expect(view.getState().selected).toEqual(after.aliases.get("B1-R2-ROW1-K1"));
});

test("curves are of the same assets, without those that are gone", () => {
  const { trends, show } = setUp();
  show(after);
  for (const id of ["B1-R1-ROW1-K1", "B1-R2-ROW1-K2"])
    addTrend(trends, { ...after.aliases.get(id)!, metric: "power" });
  show(before);
  const { row } = before.aliases.get("B1-R2-ROW1-K2")!;
  expect(trends.getState().points).toEqual([{ className: "rack", row, metric: "power", slot: 1 }]);
});

test("what is gone is not selected any more, and the way back leaves it out", () => {
  const { view, navigation, show } = setUp();
  show(after);
  flyTo(view, after.aliases.get("B1-R2-ROW1-K1")!);
  flyTo(view, after.aliases.get("B1-R1-ROW1-K1")!);
  show(before);
  expect(view.getState().selected).toBeNull();
  navigation.back();
  expect(view.getState().selected).toEqual(before.aliases.get("B1-R2-ROW1-K1"));
});
