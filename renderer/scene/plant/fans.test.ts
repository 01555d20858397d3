import fc from "fast-check";
import { InstancedBufferGeometry } from "three";
import { describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { Fans } from "./fans.ts";

const clock = { nowMs: () => 0 } as Parameters<typeof createCampusState>[1];
const towers = createCampusState(campusTwin(4_000), clock).of("coolingTower");
const column = metricIndex("coolingTower", "fanSpeed");
const good = packStatus(Quality.good, Freshness.fresh, Origin.measured);

const tell = (row: number, percent: number, status = good): void => {
  towers.value[row * towers.columns + column] = percent;
  towers.status[row * towers.columns + column] = status;
};

const made = (): { readonly fans: Fans; readonly live: Float32Array } => {
  const geometry = new InstancedBufferGeometry();
  geometry.instanceCount = 3;
  const fans = new Fans(geometry, { spans: Int32Array.of(0, 1, 1, 2), column, fullSpeed: 10 });
  return { fans, live: geometry.getAttribute("iLive").array as Float32Array };
};

describe("fans", () => {
  it("of a span move by its mean, what stands counted", () => {
    const geometry = new InstancedBufferGeometry();
    geometry.instanceCount = 1;
    const fans = new Fans(geometry, { spans: Int32Array.of(0, 4), column, fullSpeed: 10 });
    for (const [row, percent] of [80, 40, 0].entries()) tell(row, percent);
    tell(3, 100, packStatus(Quality.bad, Freshness.fresh, Origin.measured));
    fans.sample(towers, 0);
    expect(geometry.getAttribute("iLive").getY(0)).toBeCloseTo(3, 5);
  });

  it("turn at the speed that is told, and stand where nothing usable is", () => {
    const unusable = [
      packStatus(Quality.bad, Freshness.fresh, Origin.measured),
      packStatus(Quality.good, Freshness.stale, Origin.measured),
      packStatus(Quality.unknown, Freshness.never, Origin.measured),
    ];
    for (const status of unusable) {
      const { fans, live } = made();
      tell(0, 60);
      tell(1, 60, status);
      fans.sample(towers, 0);
      expect([live[1], live[4], live[7]]).toEqual([6, 0, 0]);
      expect(fans.turning).toBe(true);
      tell(0, 60, status);
      fans.sample(towers, 1);
      expect(live[1]).toBe(0);
      expect(fans.turning).toBe(false);
    }
  });

  it("go on from where they are when their speed changes", () => {
    const change = fc.record({
      after: fc.double({ min: 0.3, max: 5, noNaN: true }),
      percent: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const { fans, live } = made();
        const angleAt = (seconds: number): number => live[0]! + live[1]! * (seconds - live[2]!);
        let seconds = 0;
        for (const { after, percent } of changes) {
          seconds += after;
          const before = angleAt(seconds);
          tell(0, percent);
          tell(1, 0);
          fans.sample(towers, seconds);
          const turns = (angleAt(seconds) - before) / (Math.PI * 2);
          expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-3);
        }
      }),
    );
  });
});
