import fc from "fast-check";
import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { EdgeStation, type Metric } from "#feed/wire/sparkplug.fixture.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { SparkplugBed } from "./sparkplug-bed.fixture.ts";

/** Whole lives of plants: any order of births, data, losses, deaths and outages against a model of a few lines. */

const campus = await smallCampus(200);
const startMs = Date.UTC(2026, 10, 23, 12);
const rack = (row: number): AssetRef => ({ className: "rack", row });
const devices = ["k0", "k1"] as const;
const twin: Twin = {
  ...campus,
  aliases: new Map(devices.map((id, row) => [`plant/n1/${id}`, rack(row)])),
};

const actions = [
  "nodeBirth",
  "deviceBirth",
  "data",
  "lose",
  "oldDeath",
  "death",
  "deviceDeath",
  "outage",
  "wait",
] as const;

interface Model {
  /** Its NBIRTH or, where a DBIRTH was first, that was heard: before, and after a death, nothing is taken. */
  isUp: boolean;
  isDead: boolean;
  /** Its NBIRTH was missed: whatever death comes is its own. */
  isAdopted: boolean;
  /** Our connection has been whole since the node was heard last. */
  isHeard: boolean;
  isSynced: boolean;
  lost: boolean;
  readonly alive: Set<string>;
  readonly ever: Set<string>;
  readonly value: Map<string, number>;
}

/** One plant with one node and two racks, and what its points should show. */
class Life {
  readonly bed = new SparkplugBed(twin, startMs);
  readonly station = new EdgeStation("plant", "n1", startMs);
  readonly model: Model = {
    isUp: false,
    isDead: false,
    isAdopted: false,
    isHeard: true,
    isSynced: true,
    lost: false,
    alive: new Set(),
    ever: new Set(),
    value: new Map(),
  };
  #count = 0;

  #power(named: boolean): Metric {
    this.#count++;
    return {
      ...(named ? { name: "power", properties: { engUnit: { type: "String", value: "kW" } } } : {}),
      alias: 1,
      timestamp: startMs + this.#count,
      type: "Float",
      value: 1 + (this.#count % 64) / 8,
    };
  }

  /** A message of the node arrived: it is heard, and out of sync where some before it were lost. */
  #arrived(): boolean {
    const { model } = this;
    if (!model.isUp) return false;
    model.isHeard = true;
    if (model.lost) model.isSynced = false;
    model.lost = false;
    return true;
  }

  #died(): void {
    Object.assign(this.model, { isUp: false, isDead: true, isAdopted: false });
    this.model.alive.clear();
  }

  act(action: (typeof actions)[number], device: string): void {
    const { bed, station, model } = this;
    if (action === "nodeBirth") {
      station.bdSeq++;
      bed.hear(station.nodeBirth());
      Object.assign(model, { isUp: true, isDead: false, isAdopted: false });
      Object.assign(model, { isHeard: true, isSynced: true, lost: false });
      model.alive.clear();
    } else if (action === "deviceBirth" || action === "data") {
      const metric = this.#power(action === "deviceBirth");
      const isBirth = action === "deviceBirth";
      bed.hear(isBirth ? station.deviceBirth(device, [metric]) : station.deviceData(device, [metric]));
      if (isBirth && !model.isUp && !model.isDead)
        Object.assign(model, { isUp: true, isAdopted: true, lost: false });
      if (!this.#arrived()) return;
      if (isBirth) {
        model.alive.add(device);
        model.ever.add(device);
      }
      if (model.alive.has(device)) model.value.set(device, metric.value as number);
    } else if (action === "lose") {
      station.lose();
      model.lost = true;
    } else if (action === "oldDeath") {
      station.bdSeq--;
      bed.hear(station.nodeDeath());
      station.bdSeq++;
      if (model.isAdopted) this.#died();
    } else if (action === "death") {
      bed.hear(station.nodeDeath());
      if (model.isUp) this.#died();
    } else if (action === "deviceDeath") {
      bed.hear(station.deviceDeath(device));
      if (this.#arrived()) model.alive.delete(device);
    } else if (action === "outage") {
      bed.connection(false);
      bed.connection(true);
      model.isHeard = false;
    } else bed.wait(3_600_000);
  }

  check(): void {
    const { bed, model } = this;
    for (const [row, device] of devices.entries()) {
      const shown = bed.shown(rack(row), "power");
      const isCurrent = model.isUp && model.isHeard && model.alive.has(device);
      const freshness = model.ever.has(device) ? (isCurrent ? "fresh" : "stale") : "never";
      expect({ device, freshness: shown.freshness }).toEqual({ device, freshness });
      if (!isCurrent) continue;
      expect(shown.value).toBe(model.value.get(device));
      expect(shown.quality).toBe(model.isSynced ? "good" : "uncertain");
    }
  }
}

test("fresh is what lives and is heard, good is what lost nothing: in any life of a plant", () => {
  const step = fc.tuple(fc.constantFrom(...actions), fc.constantFrom(...devices));
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const life = new Life();
      for (const [action, device] of steps) {
        life.act(action, device);
        life.check();
      }
    }),
    { numRuns: 400 },
  );
});
