import { describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { openUniforms } from "#renderer/scene/campus/opening.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { towers } from "./cooling.ts";
import { plumeOf, Vapour } from "./vapour.ts";

const good = packStatus(Quality.good, Freshness.fresh, Origin.measured);
const stale = packStatus(Quality.good, Freshness.stale, Origin.measured);
const twin = campusTwin(4_000);

const scene = () => {
  const clock = { nowMs: () => 0 } as Parameters<typeof createCampusState>[1];
  const state = createCampusState(twin, clock);
  const tell = (className: ClassName, metric: string, value: number, status = good): void => {
    const of = state.of(className);
    of.value[metricIndex(className, metric)] = value;
    of.status[metricIndex(className, metric)] = status;
  };
  tell("weatherStation", "airTemperature", -12);
  tell("weatherStation", "humidity", 70);
  tell("coolingTower", "heat", 3000);
  tell("coolingTower", "coolingMode", 3);
  const vapour = new Vapour(state, towers(layoutOf(twin)).members, {
    sky: {},
    open: openUniforms(),
    clock: { uSeconds: { value: 0 } },
  });
  return { tell, vapour };
};

describe("a plume", () => {
  it("grows with the heat, with cold and with damp air", () => {
    expect(plumeOf(0, -20, 90)).toBe(0);
    expect(plumeOf(0.9, 0, 60)).toBeGreaterThan(plumeOf(0.3, 0, 60));
    expect(plumeOf(0.5, -15, 60)).toBeGreaterThan(plumeOf(0.5, 15, 60));
    expect(plumeOf(0.5, 5, 95)).toBeGreaterThan(plumeOf(0.5, 5, 40));
    expect(plumeOf(2, -40, 100)).toBe(1);
  });

  it("stands over towers that spray, and over no others", () => {
    const { tell, vapour } = scene();
    vapour.sample(0, true);
    expect(vapour.mesh.visible).toBe(true);
    for (const mode of [0, 2]) {
      const dry = scene();
      dry.tell("coolingTower", "coolingMode", mode);
      dry.vapour.sample(0, true);
      expect(dry.vapour.mesh.visible).toBe(false);
    }
    // It fades when spraying ends: seen once more while it does, then not drawn at all.
    tell("coolingTower", "coolingMode", 2);
    vapour.sample(1, false);
    expect(vapour.mesh.visible).toBe(true);
    vapour.sample(10, false);
    expect(vapour.mesh.visible).toBe(false);
  });

  it("is not made up where mode, heat or weather are stale", () => {
    for (const [className, metric, value] of [
      ["coolingTower", "coolingMode", 3],
      ["coolingTower", "heat", 3000],
      ["weatherStation", "airTemperature", -12],
    ] as const) {
      const { tell, vapour } = scene();
      tell(className, metric, value, stale);
      vapour.sample(0, true);
      expect(vapour.mesh.visible).toBe(false);
    }
  });
});
