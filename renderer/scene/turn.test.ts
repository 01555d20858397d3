import { expect, test } from "vitest";
import { Turn } from "./turn.ts";

const plant = (): { connected: boolean; siteMs: number; nowMs: () => number } => {
  const made = { connected: true, siteMs: 1e12, nowMs: () => made.siteMs };
  return made;
};

test("a link that is lost is one turn, and its return another", () => {
  const state = plant();
  const turn = new Turn(state, 0);
  expect(turn.isDue(10)).toBe(false);
  state.connected = false;
  expect([turn.isDue(20), turn.isDue(30), turn.take(40), turn.take(50)]).toEqual([true, true, true, false]);
  state.connected = true;
  expect([turn.take(60), turn.take(70)]).toEqual([true, false]);
});

test("site time that goes on, however slowly, or stands still is none", () => {
  const state = plant();
  const turn = new Turn(state, 0);
  for (const [passedMs, atMs] of [
    [1000, 1000],
    [0, 60_000],
    [100, 1000],
    [3000, 1500],
  ] as const) {
    state.siteMs += passedMs;
    const before = atMs;
    expect(turn.take(before)).toBe(false);
    // Counted from here on.
    turn.take(0);
  }
});

test("site time that jumps either way is one", () => {
  const state = plant();
  const turn = new Turn(state, 0);
  state.siteMs += 60_000;
  expect([turn.take(100), turn.take(200)]).toEqual([true, false]);
  state.siteMs -= 5000;
  expect([turn.take(300), turn.take(400)]).toEqual([true, false]);
});

test.each([60, -60, 1000])(
  "time that is played %i times as fast is one at its beginning, then none, at its end none",
  (pace) => {
    const state = plant();
    const turn = new Turn(state, 0);
    let atMs = 0;
    const play = (speed: number, frames: number): boolean[] =>
      Array.from({ length: frames }, () => {
        atMs += 200;
        state.siteMs += 200 * speed;
        return turn.take(atMs);
      });
    expect(play(1, 20)).not.toContain(true);
    const started = play(pace, 40);
    expect(started.slice(0, 8)).toContain(true);
    expect(started.slice(8)).not.toContain(true);
    expect(play(0, 10)).not.toContain(true);
  },
);

test("a recording that is searched turns with each jump", () => {
  const state = plant();
  const turn = new Turn(state, 0);
  for (const [at, jumpMs] of [
    [3000, 3_600_000],
    [5000, -600_000],
    [9000, 60_000],
  ] as const) {
    state.siteMs += jumpMs;
    expect(turn.take(at)).toBe(true);
    state.siteMs += 1000;
    expect(turn.take(at + 1000)).toBe(false);
  }
});

test("time that is played in steps, and looked at in between, is no turn once it goes on", () => {
  const state = plant();
  const turn = new Turn(state, 0);
  const found: boolean[] = [];
  for (let atMs = 5; atMs < 10_000; atMs += 17) {
    state.siteMs = 1e12 + Math.floor(atMs / 50) * 50 * 1000;
    found.push(turn.take(atMs));
  }
  expect(found.slice(0, 30)).toContain(true);
  expect(found.slice(120)).not.toContain(true);
});

test("a pace is given up when it ends, however often one looks", () => {
  const state = plant();
  const turn = new Turn(state, 0);
  let atMs = 0;
  const play = (speed: number, ms: number): void => {
    for (const endMs = atMs + ms; atMs < endMs; ) {
      atMs += 100;
      state.siteMs += 100 * speed;
      turn.take(atMs);
    }
  };
  play(1000, 5000);
  play(1, 3000);
  state.siteMs += 60_000;
  expect(turn.take(atMs + 100)).toBe(true);
});
