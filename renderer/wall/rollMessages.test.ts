import { expect, test } from "vitest";
import type { FeedStatus } from "#feed/contract/status.ts";
import { translator } from "#renderer/i18n/translate.ts";
import { rollMessages } from "./rollMessages.ts";

const nowMs = Date.UTC(2026, 6, 15, 4, 0, 0);
const status = {
  source: { state: "live" },
  publishers: [{ id: "gateway-2", state: "late" }],
  points: { known: 1200, stale: 7 },
  rates: { pointsPerSec: 900 },
  coverage: 0.5,
  lastSampleMs: nowMs - 1000,
  simulated: true,
} as unknown as FeedStatus;
const words = { t: translator("en"), language: "en" } as const;
const site = { illustrative: false, utcOffsetMin: 480, nowMs };

test("abnormal things come first", () => {
  expect(rollMessages({ status, bridge: "open" }, site, words)).toEqual([
    "Publisher gateway-2 is late",
    "7 points are stale",
    "Feed live: 900 points a second",
    "Coverage 50.0 %",
    "1,200 points on watch",
    "Last sample 11:59:59",
    "Plant values are simulated",
  ]);
});

test("the last status of a feed out of reach is not told as the present", () => {
  const days = { ...status, lastSampleMs: nowMs - 3 * 86_400_000 };
  expect(rollMessages({ status: days, bridge: "lost" }, site, words)).toEqual([
    "The feed process is out of reach",
    "Last sample 2026-07-12 12:00:00",
    "Plant values are simulated",
  ]);
});
