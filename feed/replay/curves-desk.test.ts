import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openLog } from "#feed/log/log.ts";
import { Recording, withDirectory } from "#feed/log/recording.fixture.ts";
import { Sidecars } from "#feed/log/sidecar/sidecars.ts";
import { CurvesDesk } from "./curves-desk.ts";

const sidecarsIn = (directory: string) => readdirSync(directory).filter((name) => name.endsWith(".series"));
const noTrouble = (error: unknown): never => {
  throw error;
};

test("curves are built by themselves, deleted and built again as a person wants", () =>
  withDirectory(async (directory) => {
    const recording = new Recording(directory, { counts: { rack: 50 } });
    for (let second = 0; second < 30; second++) recording.second(0.2);
    recording.writer.close();
    const log = openLog([directory]);
    if (!log.ok) throw new Error(log.error.message);
    const sidecars = new Sidecars({ cacheDirectory: join(directory, "own") });
    const desk = new CurvesDesk(log.value, sidecars, noTrouble);
    desk.keepUp();
    await vi.waitFor(() => expect(desk.state).toEqual({ state: "whole", progress: 1 }), { timeout: 10_000 });
    expect(sidecarsIn(directory)).toHaveLength(1);
    expect(desk.act("remove")).toMatchObject({ state: "removed" });
    expect(sidecarsIn(directory)).toEqual([]);
    // Deleted by a person, they do not come back by themselves.
    desk.keepUp();
    expect(desk.state.state).toBe("removed");
    desk.act("build");
    await vi.waitFor(() => expect(desk.state.state).toBe("whole"), { timeout: 10_000 });
    expect(sidecarsIn(directory)).toHaveLength(1);
    desk.close();
    log.value.close();
  }));

test("stopped, building leaves nothing unfinished behind and goes on only when asked", () =>
  withDirectory(async (directory) => {
    const recording = new Recording(directory, { counts: { rack: 1500 } });
    for (let second = 0; second < 60; second++) recording.second(0.3);
    recording.writer.close();
    const log = openLog([directory]);
    if (!log.ok) throw new Error(log.error.message);
    const desk = new CurvesDesk(log.value, new Sidecars({ cacheDirectory: null }), noTrouble);
    desk.keepUp();
    expect(desk.act("stop").state).toBe("stopped");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(readdirSync(directory)).toHaveLength(1);
    desk.act("build");
    await vi.waitFor(() => expect(desk.state.state).toBe("whole"), { timeout: 30_000 });
    expect(sidecarsIn(directory)).toHaveLength(1);
    desk.close();
    log.value.close();
  }));
