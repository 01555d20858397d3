import { describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { cellOf } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { waitingRoom } from "./useStory.ts";

const twin = campusTwin(4000);
const hero = twin.find("a/hero")!;
const room = twin.find("a/hero/f2/r1")!;
const load = metricIndex("rack", "load");

/** All racks of the building at work, those of one room waiting. */
const campusWith = (freshness: Freshness) => {
  const state = createCampusState(twin, { nowMs: () => 0 } as Parameters<typeof createCampusState>[1]);
  const racks = state.of("rack");
  const put = (range: readonly [number, number], value: number): void => {
    for (let rack = range[0]; rack < range[1]; rack++) {
      racks.value[cellOf(racks, rack, load)] = value;
      racks.status[cellOf(racks, rack, load)] = packStatus(Quality.good, freshness, Origin.simulated);
    }
  };
  put(twin.rangeBelow(hero, "rack")!, 80);
  put(twin.rangeBelow(room, "rack")!, 3);
  return state;
};

describe("the room that takes a job in", () => {
  it("is the one whose racks wait", () => {
    expect(waitingRoom(campusWith(Freshness.fresh), hero, 90)).toEqual(room);
  });

  it("is not known while too few wait, or nothing usable is told", () => {
    expect(waitingRoom(campusWith(Freshness.fresh), hero, 500)).toBeNull();
    expect(waitingRoom(campusWith(Freshness.stale), hero, 90)).toBeNull();
  });
});
