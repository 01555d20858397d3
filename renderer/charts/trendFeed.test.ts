import fc from "fast-check";
import { expect, test } from "vitest";
import type { Series, SeriesAsk } from "#feed/contract/replay.ts";
import { createTrendFeed, type Wanted } from "./trendFeed.ts";

const points = [{ className: "rack", row: 3, metric: "power" }] as const;

/** Round widths, as the feed has them: the narrowest with which a range takes at most so many buckets. */
const widths = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000,
];
const widthFor = (fromMs: number, toMs: number, most: number): number =>
  widths.find((width) => Math.ceil(toMs / width) - Math.floor(fromMs / width) <= most)!;

/** A recording that knows the number of every bucket, up to a moment. */
const answer = ({ fromMs, toMs, maxPoints }: SeriesAsk, knownMs: number): Series[] => {
  const stepMs = widthFor(fromMs, toMs, maxPoints);
  const first = Math.floor(fromMs / stepMs);
  const count = Math.max(1, Math.ceil(toMs / stepMs) - first);
  const values = Array.from({ length: count }, (_, i) => ((first + i) * stepMs < knownMs ? first + i : null));
  const doubt = values.map((value) => (value === null ? 4 : 0));
  return [{ fromMs: first * stepMs, stepMs, min: values, max: values, last: values, doubt }];
};

interface Asked {
  readonly ask: SeriesAsk;
  readonly signal: AbortSignal;
  readonly resolve: (series: readonly Series[]) => void;
  readonly reject: (error: Error) => void;
}

const setUp = () => {
  const asked: Asked[] = [];
  const waiting: { callback: (() => void) | null }[] = [];
  const feed = createTrendFeed({
    ask: (ask, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ ask, signal, resolve, reject });
      }),
    soon: (callback) => {
      const entry: { callback: (() => void) | null } = { callback };
      waiting.push(entry);
      return () => {
        entry.callback = null;
      };
    },
  });
  const pass = (): void => {
    for (const { callback } of waiting.splice(0)) callback?.();
  };
  return { feed, asked, pass };
};

const settled = () => new Promise((resolve) => setTimeout(resolve));

const wanted = (fromMs: number, toMs: number, maxPoints = 100): Wanted => ({
  points,
  fromMs,
  toMs,
  maxPoints,
});

test("of many wishes in a row the last is asked for, once", () => {
  const { feed, asked, pass } = setUp();
  for (let i = 0; i < 10; i++) feed.want(wanted(i * 1000, 60_000 + i * 1000));
  expect(asked).toHaveLength(0);
  pass();
  expect(asked.map(({ ask }) => ask.fromMs)).toEqual([9000]);
});

test("a newer question gives the older one up; what was drawn stays until its answer is there", async () => {
  const { feed, asked, pass } = setUp();
  feed.want(wanted(0, 60_000));
  pass();
  asked[0]!.resolve(answer(asked[0]!.ask, 1e12));
  await settled();
  const drawn = feed.facts.picture;
  expect(drawn!.fromMs).toBe(0);
  feed.want(wanted(500_000, 900_000));
  pass();
  feed.want(wanted(600_000, 1_200_000));
  pass();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, true, false]);
  asked[1]!.resolve(answer(asked[1]!.ask, 1e12));
  await settled();
  expect(feed.facts.picture).toBe(drawn);
  asked[2]!.resolve(answer(asked[2]!.ask, 1e12));
  await settled();
  expect(feed.facts.picture!.fromMs).toBe(600_000);
});

test("a question that fails is told, and what was drawn stays", async () => {
  const { feed, asked, pass } = setUp();
  feed.want(wanted(0, 60_000));
  pass();
  asked[0]!.resolve(answer(asked[0]!.ask, 1e12));
  await settled();
  const drawn = feed.facts.picture;
  feed.want(wanted(10_000, 90_000));
  pass();
  asked[1]!.reject(new Error("refused"));
  await settled();
  expect(feed.facts).toMatchObject({ picture: drawn, hasFailed: true, isBusy: false });
});

test("while a recording grows, and its window moves on, only what is new is asked for: it is as if all had been", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 200, max: 4000 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 40, max: 1200 }),
      fc.integer({ min: 20_000, max: 4_000_000 }),
      fc.boolean(),
      async (growths, maxPoints, spanMs, doesMove) => {
        const { feed, asked, pass } = setUp();
        const startMs = 1_750_000_000_123;
        let knownMs = startMs + spanMs * 0.9;
        let window = wanted(startMs, startMs + spanMs, maxPoints);
        feed.want(window);
        pass();
        asked[0]!.resolve(answer(asked[0]!.ask, knownMs));
        await settled();
        for (const growthMs of growths) {
          knownMs += growthMs;
          if (doesMove) window = wanted(window.fromMs + growthMs, window.toMs + growthMs, maxPoints);
          feed.want(window);
          pass();
          const { ask, resolve } = asked.at(-1)!;
          if (growthMs < spanMs / 2) expect(ask.fromMs).toBeGreaterThan(window.fromMs);
          resolve(answer(ask, knownMs));
          await settled();
          const { picture } = feed.facts;
          const [whole] = answer(window, knownMs);
          const skip = (whole!.fromMs - picture!.fromMs) / picture!.stepMs;
          expect(picture!.stepMs).toBe(whole!.stepMs);
          const found = picture!.series[0]!.last.slice(skip, skip + whole!.last.length);
          // What lies before the last buckets was asked for when less was known.
          expect(found.filter((value) => value !== null)).toEqual(
            whole!.last.filter((value) => value !== null),
          );
        }
      },
    ),
    { numRuns: 60, seed: 5 },
  );
});
