import { beforeEach, expect, test } from "vitest";
import { ground, relaunched } from "#electron/common/crash-ladder.ts";
import { heartbeatRules } from "#electron/common/heartbeat.ts";
import { WindowRecovery } from "./recovery.ts";

let done: string[];
let recovery: WindowRecovery;

const open = (ladder = ground) =>
  new WindowRecovery(
    {
      remedy: (remedy) => done.push(remedy),
      reload: () => done.push("reload"),
      crash: () => done.push("crash"),
      relaunch: () => done.push("relaunch"),
      log: () => {},
    },
    ladder,
    0,
  );

const at = (ms: number) => ({ wallMs: 1_000_000 + ms, monotonicMs: ms });
const beat = (ms: number, frames: number, lastDataMs = 0) =>
  recovery.beat({ frames, lastDataMs, hidden: false }, ms);

beforeEach(() => {
  done = [];
  recovery = open();
});

test("a living page is left alone", () => {
  for (let ms = 0; ms < 120_000; ms += 1000) {
    beat(ms, ms, ms);
    recovery.tick(at(ms));
  }
  expect(done).toEqual([]);
});

test("a hung page is ended once, reloaded when it is gone, and gets time to load", () => {
  beat(0, 1);
  const hungMs = heartbeatRules.silentAfterMs + 1;
  recovery.tick(at(hungMs));
  recovery.tick(at(hungMs + 1000)); // its process takes a moment to die
  expect(done).toEqual(["crash"]);
  recovery.gone(at(hungMs + 1500));
  recovery.tick(at(hungMs + heartbeatRules.silentAfterMs + 5000));
  expect(done).toEqual(["crash", "reload"]);
});

test("a page that crashes again and again is relaunched, then shown in 2D, then only reloaded", () => {
  for (let i = 0; i < 4; i++) recovery.gone(at(i * 1000));
  expect(done).toEqual(["reload", "relaunch", "fallback-2d", "reload"]);
});

test("a frozen picture: the scene is rebuilt, and only once until it has had time again", () => {
  beat(0, 1, 0);
  beat(1000, 1, 1);
  for (let ms = 2000; ms <= 17_000; ms += 1000) {
    beat(ms, 1, ms);
    recovery.tick(at(ms));
  }
  expect(done).toEqual(["rebuild-scene"]);
});

test("after a relaunch the next trouble ends in 2D, which a reloaded page is told when it listens", () => {
  recovery = open(relaunched(at(0).wallMs));
  recovery.gone(at(1000));
  expect(done).toEqual(["fallback-2d"]);
  recovery.gone(at(2000));
  expect(done).toEqual(["fallback-2d", "reload"]);
  beat(3000, 0);
  beat(4000, 1);
  expect(done).toEqual(["fallback-2d", "reload", "fallback-2d"]);
});

test("without a GPU the page goes to 2D at once", () => {
  recovery.noGpu(at(0));
  expect(done).toEqual(["fallback-2d"]);
});
