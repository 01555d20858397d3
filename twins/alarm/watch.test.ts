import fc from "fast-check";
import { expect, test } from "vitest";
import { isBack, isBeyond, type Limit } from "./limit.ts";
import { type AlarmChange, AlarmWatch } from "./watch.ts";

const bound = (id: string, at: number, extra: Partial<Limit> = {}): Limit =>
  ({
    id,
    kind: "high",
    className: "rack",
    metric: "inletTemperature",
    priority: "low",
    at,
    deadband: 1,
    onDelayMs: 0,
    offDelayMs: 0,
    source: "test",
    ...extra,
  }) as Limit;

/** What happens, as `row from>to@time`. */
const watched = (limits: readonly Limit[], rows = 1) => {
  const told: string[] = [];
  const watch = new AlarmWatch(
    limits,
    (className) => (className === "rack" ? rows : 0),
    ({ row, before, now, timeMs }: AlarmChange) =>
      told.push(`${row} ${before?.id ?? "-"}>${now?.id ?? "-"}@${timeMs}`),
  );
  const ladder = watch.ladders[0]!;
  const take = (timeMs: number, value: number, row = 0): void => {
    watch.settle(timeMs);
    watch.take(ladder, row, value);
  };
  return { told, watch, take, ladder };
};

test("an alarm begins after its delay, and ends inside the deadband after its own", () => {
  const { told, take, watch } = watched([bound("a", 27, { onDelayMs: 5000, offDelayMs: 2000 })]);
  take(1000, 27);
  take(2000, 27.1);
  take(3000, 26.9); // too short
  take(4000, 28);
  take(8000, 29);
  take(9500, 26.5); // within the deadband: still in force
  take(11_000, 26);
  take(12_000, 26.5); // not back for long enough
  take(13_000, 25);
  watch.settle(20_000);
  expect(told).toEqual(["0 ->a@9000", "0 a>-@15000"]);
});

test("of a ladder the worst that is passed counts", () => {
  const { told, take } = watched([bound("low", 27), bound("high", 32), bound("critical", 35)]);
  for (const [i, value] of [26, 28, 36, 33.5, 31.2, 30.9, 25].entries()) take(i, value);
  expect(told).toEqual(["0 ->low@1", "0 low>critical@2", "0 critical>high@3", "0 high>low@5", "0 low>-@6"]);
});

test("what cannot be trusted begins no alarm and ends none", () => {
  const { told, take, watch, ladder } = watched([bound("a", 27, { onDelayMs: 5000, offDelayMs: 5000 })]);
  take(0, 30);
  watch.settle(3000);
  watch.doubt(ladder, 0);
  take(20_000, Number.NaN);
  take(30_000, 30);
  take(40_000, 20);
  take(41_000, Number.NaN);
  watch.settle(90_000);
  expect(told).toEqual(["0 ->a@35000"]);
  watch.forget(95_000);
  expect(told).toEqual(["0 ->a@35000", "0 a>-@95000"]);
  take(96_000, 30);
  watch.settle(200_000);
  expect(told.at(-1)).toBe("0 ->a@101000");
});

test("a low limit leaves alone what is off; states alarm by their codes", () => {
  const { told, take } = watched([bound("f", 49.8, { kind: "low", deadband: 0.1, offBelow: 40 })]);
  for (const [i, value] of [50, 0, 50, 49.7, 49.85, 49.9, 49, 0].entries()) take(i, value);
  expect(told).toEqual(["0 ->f@3", "0 f>-@5", "0 ->f@6", "0 f>-@7"]);
  const state = watched([{ ...bound("s", 0), kind: "state", codes: [2, 3] } as unknown as Limit]);
  for (const [i, value] of [1, 2, 3, Number.NaN, 0].entries()) state.take(i, value);
  expect(state.told).toEqual(["0 ->s@1", "0 s>-@4"]);
});

/** What happens at one time, as one change. */
const merged = (told: readonly string[]): readonly string[] => {
  const whole: string[] = [];
  for (const each of told) {
    const [, now, timeMs] = each.split(/[>@]/);
    const last = whole.at(-1)?.split(/[>@]/);
    if (last?.[2] === timeMs) whole[whole.length - 1] = `${last![0]}>${now}@${timeMs}`;
    else whole.push(each);
  }
  return whole.filter((each) => each.slice(2).split(">")[0] !== each.split(/[>@]/)[1]);
};

/** The same by looking every 500 ms: no queues, no events, nothing shared but the limits' own words. */
const byTicks = (
  limits: readonly Limit[],
  samples: readonly (readonly [timeMs: number, value: number])[],
  endMs: number,
): string[] => {
  const told: string[] = [];
  const beyondMs = limits.map(() => -1);
  const backMs = limits.map(() => -1);
  const isInForce = limits.map(() => false);
  let level = 0;
  let value = Number.NaN;
  const tell = (timeMs: number): void => {
    const now = isInForce.lastIndexOf(true) + 1;
    if (now !== level) told.push(`0 ${limits[level - 1]?.id ?? "-"}>${limits[now - 1]?.id ?? "-"}@${timeMs}`);
    level = now;
  };
  const force = (timeMs: number, isDue: (lasted: number, delay: number) => boolean): void => {
    limits.forEach(({ onDelayMs, offDelayMs }, i) => {
      if (!isInForce[i] && beyondMs[i]! >= 0 && isDue(timeMs - beyondMs[i]!, onDelayMs)) isInForce[i] = true;
      else if (isInForce[i] && backMs[i]! >= 0 && isDue(timeMs - backMs[i]!, offDelayMs))
        isInForce[i] = false;
    });
    tell(timeMs);
  };
  for (let timeMs = 0; timeMs <= endMs; timeMs += 500) {
    const sample = samples.find(([at]) => at === timeMs);
    // What is due at the very time of a value comes before it only where it does not contradict it.
    if (!sample) force(timeMs, (lasted, delay) => lasted >= delay);
    if (!sample) continue;
    value = sample[1];
    limits.forEach((limit, i) => {
      const wasBeyond = beyondMs[i]! >= 0;
      const wasBack = backMs[i]! >= 0;
      const isNowBeyond = !isInForce[i] && isBeyond(limit, value);
      const isNowBack = isInForce[i] && isBack(limit, value);
      beyondMs[i] = isNowBeyond ? (wasBeyond ? beyondMs[i]! : timeMs) : -1;
      backMs[i] = isNowBack ? (wasBack ? backMs[i]! : timeMs) : -1;
    });
    force(timeMs, (lasted, delay) => lasted >= delay);
  }
  return told;
};

test("it tells what somebody would who looks all the time", () => {
  const delays = fc.constantFrom(0, 1500, 4500);
  const limit = fc.record({ onDelayMs: delays, offDelayMs: delays });
  fc.assert(
    fc.property(
      fc.tuple(limit, limit),
      fc.array(
        fc.record({
          gap: fc.integer({ min: 1, max: 6 }),
          value: fc.oneof(fc.integer({ min: 24, max: 36 }), fc.constant(Number.NaN)),
        }),
        { maxLength: 40 },
      ),
      ([mild, worse], list) => {
        const limits = [bound("mild", 27, mild), bound("worse", 32, worse)];
        let timeMs = 0;
        const samples = list.map(({ gap, value }) => {
          timeMs += gap * 1000;
          return [timeMs, value] as const;
        });
        const { told, take, watch } = watched(limits);
        for (const [at, value] of samples) take(at, value);
        watch.settle(timeMs + 60_500);
        expect(merged(told)).toEqual(byTicks(limits, samples, timeMs + 60_000));
      },
    ),
    { numRuns: 500 },
  );
});
