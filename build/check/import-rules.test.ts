import { join } from "node:path";
import { expect, test } from "vitest";
import { checkImports } from "./import-rules.ts";

const fixtures = join(import.meta.dirname, "fixtures");

const found = (fixture: string): readonly string[] =>
  checkImports(join(fixtures, fixture)).violations.map(({ code, file, line }) => `${code} ${file}:${line}`);

/** Every planted violation, exactly: a rule that is removed or loosened leaves its line out and the test red. */
const planted = {
  area: [
    "area electron/web/page.ts:1", // type query
    "area electron/web/server.ts:1", // one shell from the other
    "area feed/contract/frame.ts:1", // type-only
    "area feed/engine/engine.ts:1", // dynamic
    "area renderer/data/state.ts:1", // require
    "area renderer/host/worker.ts:1", // thread entry
    "area twins/kpi/pue.ts:1", // re-export
    "area twins/model/row.ts:1", // static
    "relative renderer/host/worker.ts:1",
  ],
  layers: [
    "area renderer/automation/twin.ts:2", // the scene beyond its handle
    "area renderer/data/frames.ts:1",
    "area renderer/panels/tree.ts:1",
    "area renderer/scene/map.ts:1",
    "area renderer/stores/view.ts:1",
    "area renderer/ui/button.ts:1",
  ],
  relative: ["relative feed/tables/nested/deep.ts:1", "relative feed/tables/nested/deep.ts:2"],
  package: [
    "package feed/engine/engine.ts:1",
    "package renderer/host/socket.ts:1",
    "package renderer/host/socket.ts:3",
    "package twins/physics/sun.ts:1",
  ],
  electron: [
    "electron electron/common/ladder.ts:1",
    "electron feed/service.ts:1",
    "electron renderer/host/bridge.test.ts:1",
  ],
  computed: ["computed feed/service.ts:3"],
  unresolved: ["unresolved feed/service.ts:1", "unresolved feed/service.ts:2"],
  barrel: ["barrel feed/index.ts:1"],
  cycle: ["cycle feed/a.ts:1"],
} as const;

test.each(Object.entries(planted))("planted violations are found: %s", (fixture, expected) => {
  expect([...found(fixture)].sort()).toEqual([...expected].sort());
});

test("what the rules allow is not reported", () => {
  expect(found("clean")).toEqual([]);
});

test("the house keeps its own rules, and all of it was read", () => {
  const report = checkImports(join(import.meta.dirname, "..", ".."));
  expect(report.violations).toEqual([]);
  expect(report.modules).toBeGreaterThan(30);
});
