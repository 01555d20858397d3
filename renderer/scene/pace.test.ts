import { array, assert as check, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { RedrawPace } from "./pace.ts";

describe("redraw pace", () => {
  it("rests for as long as the frame took", () => {
    const pace = new RedrawPace();
    expect(pace.waitMs(0)).toBe(0);
    pace.begin(100);
    expect(pace.waitMs(300)).toBeNull();
    pace.end(500);
    expect(pace.waitMs(500)).toBe(400);
    expect(pace.waitMs(800)).toBe(100);
    expect(pace.waitMs(900)).toBe(0);
  });

  it("does not count what the device waited for a hand", () => {
    const pace = new RedrawPace();
    pace.begin(0);
    pace.end(30_000, 5, 2000);
    expect(pace.waitMs(30_000)).toBe(10_000);
  });

  it("leaves a fast machine alone: data every 50 ms never waits for frames of 20 ms", () => {
    const pace = new RedrawPace();
    for (let at = 0; at < 1000; at += 50) {
      expect(pace.waitMs(at)).toBe(0);
      pace.begin(at);
      pace.end(at + 20);
    }
  });

  it("never draws more than half of the time, however long frames take", () => {
    const times = array(double({ min: 1, max: 2000, noNaN: true }), { minLength: 2, maxLength: 50 });
    check(
      property(times, (took) => {
        const pace = new RedrawPace();
        let now = 0;
        for (const ms of took) {
          now += pace.waitMs(now)!;
          pace.begin(now);
          now += ms;
          pace.end(now);
        }
        now += pace.waitMs(now)!;
        const drawn = took.reduce((sum, ms) => sum + ms, 0);
        expect(drawn).toBeLessThanOrEqual(now / 2 + 1e-6);
      }),
    );
  });
});
