import fc from "fast-check";
import { expect, test } from "vitest";
import { RegisterHistory, registerEvent, registerStepMs } from "./register.ts";

const minute = registerStepMs;
const noCarry = (): number => 0;

/** A history that was started a minute before time 0. */
const begin = (meters: number, isNet = false): RegisterHistory => {
  const history = new RegisterHistory(meters, () => isNet);
  history.advance(-minute, noCarry);
  return history;
};

/** Plays readings a minute apart, every minute of them at its beginning. */
const play = (readings: readonly number[], isNet = false): RegisterHistory => {
  const history = begin(1, isNet);
  readings.forEach((reading, i) => {
    history.read(0, reading);
    history.advance(i * minute, noCarry);
  });
  return history;
};

const energy = (history: RegisterHistory, windowMs: number) => {
  const { actualMs, startStep } = history.window([0], windowMs);
  return { actualMs, kWh: actualMs === 0 ? null : history.since([0], startStep) };
};

test("a window's energy is the difference of the registers at both its ends", () => {
  const history = play(Array.from({ length: 70 }, (_, i) => 1000 + i * 5));
  expect(energy(history, 15 * minute)).toEqual({ actualMs: 15 * minute, kWh: 75 });
  expect(energy(history, 60 * minute)).toEqual({ actualMs: 60 * minute, kWh: 300 });
});

test("a window longer than what is known is as long as what is known, and says so", () => {
  const history = play([100, 110, 120, 130]);
  expect(energy(history, 15 * minute)).toEqual({ actualMs: 3 * minute, kWh: 30 });
});

test("nothing is known before a whole minute has passed", () => {
  const history = new RegisterHistory(1, () => false);
  for (const seconds of [5, 30, 59]) {
    history.read(0, 500 + seconds);
    history.advance(seconds * 1000, noCarry);
  }
  expect(energy(history, 15 * minute).kWh).toBeNull();
  history.advance(minute, noCarry);
  expect(energy(history, 15 * minute).kWh).toBeNull();
  history.advance(2 * minute, noCarry);
  expect(energy(history, 15 * minute)).toEqual({ actualMs: minute, kWh: 0 });
});

test("a register that turns over goes on counting", () => {
  const history = play([999_990, 999_998, 6, 16]);
  expect(energy(history, 2 * minute).kWh).toBe(8 + 10);
});

test("a register of a field bus turns over at 2³² of its counts", () => {
  const end = 2 ** 32 / 10;
  const history = play([end - 20, end - 10, 5, 15]);
  expect(energy(history, 2 * minute).kWh).toBeCloseTo(15 + 10, 5);
});

/** Where registers end, but for one. */
const otherEnds = (end: number): readonly number[] =>
  [1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]
    .concat([2 ** 31, 2 ** 32].flatMap((counts) => [counts, counts / 10, counts / 100, counts / 1000]))
    .filter((each) => each !== end);

test("a fall is a turn-over only from the last hundredth before an end into the first after it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1e5, 1e6, 1e9, 2 ** 31, 2 ** 32 / 1000),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (end, before, after) => {
        const isTurn = before < 0.01 && after < 0.01;
        const last = end * (1 - before);
        fc.pre(otherEnds(end).every((each) => Math.abs(last / each - 1) > 0.02));
        expect(registerEvent(last, end * after)).toBe(isTurn ? "wrap" : "reset");
      },
    ),
  );
  expect(registerEvent(5, 5)).toBe("advance");
});

test("a register that was reset starts anew: windows do not reach across it", () => {
  const history = play([5000, 5010, 5020, 3, 13, 23]);
  expect(energy(history, 15 * minute)).toEqual({ actualMs: 2 * minute, kWh: 20 });
});

test("a meter that counts both ways may go down", () => {
  const history = play([5000, 5010, 4990, 4970], true);
  expect(energy(history, 3 * minute).kWh).toBe(-30);
});

test("a minute in which a meter was not usable cannot begin a window", () => {
  const history = begin(1);
  for (let i = 0; i < 6; i++) {
    history.read(0, i * 10);
    history.advance(i * minute, () => (i === 2 ? Number.NaN : 0));
  }
  expect(energy(history, 4 * minute)).toEqual({ actualMs: 4 * minute, kWh: 40 });
  expect(energy(history, 3 * minute)).toEqual({ actualMs: 2 * minute, kWh: 20 });
});

test("registers read at different moments are carried to the same one by their power", () => {
  const history = begin(1);
  history.read(0, 100);
  history.advance(0, () => 0.5);
  history.read(0, 101);
  history.advance(minute, () => 0.25);
  expect(energy(history, minute).kWh).toBe(0.75);
  expect(history.registerAt(0, 0)).toBe(100.5);
});

test("several meters share the window that all of them have", () => {
  const history = begin(2);
  for (let i = 0; i < 8; i++) {
    history.read(0, i * 10);
    if (i >= 4) history.read(1, i);
    history.advance(i * minute, noCarry);
  }
  const { actualMs, startStep } = history.window([0, 1], 15 * minute);
  expect(actualMs).toBe(3 * minute);
  expect(history.since([0, 1], startStep)).toBe(33);
});

test("whatever increments a register made, a window has their sum, across any turn-over", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 3, maxLength: 60 }), (increments) => {
      let register = 99_500;
      const readings = increments.map((increment) => {
        register = (register + increment) % 100_000;
        return register;
      });
      const history = play(readings);
      const expected = increments.slice(1).reduce((sum, increment) => sum + increment, 0);
      expect(energy(history, 24 * 60 * minute).kWh).toBeCloseTo(expected, 6);
    }),
  );
});
