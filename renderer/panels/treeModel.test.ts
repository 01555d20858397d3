import { describe, expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { classNames } from "#twins/model/metric.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { createTreeModel, keyOf, moveFor, visibleLines } from "./treeModel.ts";

const twin = loadTwin(sampleFiles());
const model = createTreeModel(twin);

const everythingBelow = (ref: AssetRef): readonly AssetRef[] => [
  ref,
  ...model.childrenOf(ref).flatMap(everythingBelow),
];

describe("the tree of a twin", () => {
  test("holds every asset exactly once, under its parent", () => {
    const all = model.roots.flatMap(everythingBelow);
    const total = classNames.reduce((sum, name) => sum + twin.table(name).count, 0);
    expect(total).toBeGreaterThan(100);
    expect(new Set(all.map(keyOf)).size).toBe(total);
    expect(all).toHaveLength(total);
    for (const ref of all) {
      const parent = twin.parentOf(ref);
      if (parent) expect(model.childrenOf(parent).map(keyOf)).toContain(keyOf(ref));
    }
  });

  test("knows which assets can be opened without listing their children", () => {
    for (const ref of model.roots.flatMap(everythingBelow)) {
      expect(model.hasChildren(ref)).toBe(model.childrenOf(ref).length > 0);
    }
  });

  test("shows only what is open, each line with its place among its siblings", () => {
    const [root] = model.roots;
    const closed = visibleLines(model, new Set());
    expect(closed).toHaveLength(model.roots.length);
    const open = visibleLines(model, new Set([keyOf(root!)]));
    const children = open.filter(({ level }) => level === 2);
    expect(children.map(({ ref }) => keyOf(ref))).toEqual(model.childrenOf(root!).map(keyOf));
    expect(children.map(({ position }) => position)).toEqual(children.map((_, i) => i + 1));
    expect(new Set(children.map(({ setSize }) => setSize))).toEqual(new Set([children.length]));
  });
});

describe("keys", () => {
  const [root] = model.roots;
  const open = visibleLines(model, new Set([keyOf(root!)]));
  const closed = visibleLines(model, new Set());

  test("right opens, then steps in; left steps out, then closes", () => {
    expect(moveFor("ArrowRight", closed, 0)).toEqual({ kind: "open", key: keyOf(root!) });
    expect(moveFor("ArrowRight", open, 0)).toEqual({ kind: "go", to: 1 });
    expect(moveFor("ArrowLeft", open, 2)).toEqual({ kind: "go", to: 0 });
    expect(moveFor("ArrowLeft", open, 0)).toEqual({ kind: "close", key: keyOf(root!) });
  });

  test("the ends hold", () => {
    expect(moveFor("ArrowUp", open, 0)).toEqual({ kind: "go", to: 0 });
    expect(moveFor("End", open, 0)).toEqual({ kind: "go", to: open.length - 1 });
    expect(moveFor("ArrowDown", open, open.length - 1)).toEqual({ kind: "go", to: open.length - 1 });
  });

  test("other keys are left alone", () => {
    expect(moveFor("a", open, 0)).toBeUndefined();
    expect(moveFor("ArrowDown", [], 0)).toBeUndefined();
  });
});
