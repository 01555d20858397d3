import { expect, test } from "vitest";
import { createNavigation } from "./navigation.ts";
import { createViewStore, flyTo } from "./view.ts";

const room = { className: "room", row: 2 } as const;
const rack = { className: "rack", row: 40 } as const;

test("Back returns step by step, then home; returning is no new step", () => {
  const view = createViewStore();
  const navigation = createNavigation(view);
  flyTo(view, room);
  flyTo(view, rack);
  navigation.back();
  expect(view.getState().selected).toEqual(room);
  navigation.back();
  expect(view.getState().selected).toBeNull();
  expect(view.getState().flight?.to).toBe("home");
  navigation.back();
  expect(view.getState().flight?.to).toBe("home");
  navigation.close();
});

test("a click that only selects is a step too, the same asset again is none", () => {
  const view = createViewStore();
  const navigation = createNavigation(view);
  view.setState({ selected: room });
  view.setState({ selected: { ...room } });
  view.setState({ selected: rack });
  navigation.back();
  expect(view.getState().selected).toEqual(room);
  navigation.back();
  expect(view.getState().selected).toBeNull();
  navigation.close();
});

test("Home can be undone", () => {
  const view = createViewStore();
  const navigation = createNavigation(view);
  flyTo(view, rack);
  navigation.home();
  navigation.back();
  expect(view.getState().selected).toEqual(rack);
  navigation.close();
});
