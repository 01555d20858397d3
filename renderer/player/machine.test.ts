import fc from "fast-check";
import { expect, test } from "vitest";
import { initialState, nextState, type PlayerEvent } from "./machine.ts";

const events: readonly PlayerEvent[] = [
  "pause",
  "play",
  "replay",
  "live",
  "heard",
  "silence",
  "bridge-lost",
  "bridge-open",
];
const anyEvents = fc.array(fc.constantFrom(...events), { maxLength: 30 });
const after = (sequence: readonly PlayerEvent[]) => sequence.reduce(nextState, initialState);

test("pausing never touches the link, and the link never touches pausing", () => {
  fc.assert(
    fc.property(anyEvents, (sequence) => {
      const isMode = (event: PlayerEvent) => ["pause", "play", "replay", "live"].includes(event);
      expect(after(sequence).mode).toBe(after(sequence.filter(isMode)).mode);
      expect(after(sequence).flow).toBe(after(sequence.filter((event) => !isMode(event))).flow);
    }),
  );
});

test("a lost bridge flows again only after it opened and something was heard", () => {
  expect(after(["heard", "bridge-lost", "heard"]).flow).toBe("lost");
  expect(after(["heard", "bridge-lost", "bridge-open"]).flow).toBe("waiting");
  expect(after(["heard", "bridge-lost", "bridge-open", "heard"]).flow).toBe("flowing");
});

test("silence is told only of a feed that was heard before", () => {
  expect(after(["silence"]).flow).toBe("waiting");
  expect(after(["heard", "silence"]).flow).toBe("silent");
  expect(after(["bridge-lost", "silence"]).flow).toBe("lost");
});

test("nothing new is the same object, so that listeners are spared", () => {
  const state = after(["heard"]);
  expect(nextState(state, "heard")).toBe(state);
});

test("a recording stays until the present is asked for, whatever is paused and played", () => {
  fc.assert(
    fc.property(anyEvents, (sequence) => {
      const shown = sequence.findLast((event) => event === "replay" || event === "live");
      expect(after(sequence).mode === "replay").toBe(shown === "replay");
    }),
  );
});
