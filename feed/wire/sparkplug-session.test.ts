import fc from "fast-check";
import { expect, test } from "vitest";
import { SparkplugSession } from "./sparkplug-session.ts";

const born = (seq = 0, bdSeq = 7): SparkplugSession => {
  const session = new SparkplugSession();
  session.birth(seq, bdSeq);
  return session;
};

test("before a birth and after a death nothing is taken", () => {
  const session = new SparkplugSession();
  expect([session.state, session.next(0)]).toEqual(["unborn", "refused"]);
  session.birth(0, 7);
  expect(session.next(1)).toBe("next");
  expect(session.death(7)).toBe(true);
  expect([session.state, session.next(2)]).toEqual(["dead", "refused"]);
});

test("a birth counts from its own seq, whatever it is", () => {
  const session = born(254);
  expect([session.next(255), session.next(0), session.next(1)]).toEqual(["next", "next", "next"]);
});

test("a gap leaves the session out of sync until the next birth, and is counted once", () => {
  const session = born();
  expect([session.next(5), session.state, session.lost]).toEqual(["gap", "unsynced", 4]);
  expect([session.next(6), session.state]).toEqual(["next", "unsynced"]);
  session.birth(0, 7);
  expect([session.state, session.lost]).toEqual(["live", 0]);
});

test("only the death of the running session ends it; without a number the side to err on is stale", () => {
  const session = born(0, 7);
  expect([session.death(6), session.state]).toEqual([false, "live"]);
  expect([session.death(Number.NaN), session.state]).toEqual([true, "dead"]);
  const nameless = born(0, Number.NaN);
  expect([nameless.death(3), nameless.state]).toEqual([true, "dead"]);
});

test("a lost connection leaves it unheard: what was expected resumes it as it was, anything else is a gap", () => {
  const session = born();
  session.unhear();
  expect(session.state).toBe("unheard");
  expect([session.next(1), session.state]).toEqual(["resumed", "live"]);
  session.next(3);
  session.unhear();
  expect([session.next(4), session.state]).toEqual(["resumed", "unsynced"]);
  session.unhear();
  expect([session.next(4), session.state, session.lost]).toEqual(["gap", "unsynced", 255]);
  session.unhear();
  expect([session.death(7), session.state]).toEqual([true, "dead"]);
  session.unhear();
  expect(session.state).toBe("dead");
});

test("a message without seq is a gap of unknown size, and the count goes on from the one before", () => {
  const session = born();
  expect([session.next(Number.NaN), session.lost]).toEqual(["gap", 0]);
  expect(session.next(1)).toBe("next");
});

test("whatever is lost of a stream, exactly that is counted", () => {
  fc.assert(
    fc.property(
      fc.nat(255),
      fc.array(fc.integer({ min: 0, max: 254 }), { maxLength: 50 }),
      (first, losses) => {
        const session = born(first);
        let seq = first;
        for (const lost of losses) {
          seq = (seq + 1 + lost) % 256;
          expect(session.next(seq)).toBe(lost === 0 ? "next" : "gap");
          if (lost > 0) expect(session.lost).toBe(lost);
        }
        expect(session.state).toBe(losses.some((lost) => lost > 0) ? "unsynced" : "live");
      },
    ),
  );
});
