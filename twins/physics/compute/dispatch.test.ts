import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createColumns } from "#twins/physics/columns.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { batchMean, createBatch, stepBatch } from "./batch.ts";
import type { Bed } from "./bed.fixture.ts";
import { campus, createBed, racksBelow, rowOf, startMs, sum } from "./bed.fixture.ts";
import { createCentres, stepCentres } from "./centres.ts";
import type { Migration, MigrationOrder } from "./migration.ts";
import { transferHours } from "./migration.ts";

const order: MigrationOrder = {
  fromCentre: "net/beijing",
  toBuilding: "a/b01",
  kind: "training",
  racks: 20,
  checkpointTb: 2,
  dataTb: 10,
  gbitPerS: 100,
  startMs: startMs + 60_000,
  durationS: 3600,
};

const ordered = (bed: Bed, changes: Partial<MigrationOrder> = {}): Migration => {
  const migration = bed.dispatch.migrate({ ...order, ...changes });
  if (!migration.ok) throw new Error(migration.error.message);
  return migration.value;
};

describe("a job that moves here", () => {
  test("12 TB on 100 Gbit/s take 16 minutes", () => {
    expect(transferHours(12, 100) * 60).toBeCloseTo(16, 9);
  });

  test("every TB arrives, once, whatever the steps: rate × time adds up to checkpoint and data", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 10, max: 400 }),
        (steps, dataTb, gbitPerS) => {
          const bed = createBed();
          const migration = ordered(bed, { dataTb, gbitPerS });
          let tb = 0;
          for (const seconds of steps) {
            bed.step(seconds);
            tb += (migration.rateGbit * seconds) / 8000;
            if (migration.phase !== "done" && Math.abs(tb - migration.arrivedTb) > 1e-9)
              throw new Error(`${tb} TB flowed, ${migration.arrivedTb} are there`);
            if (migration.rateGbit < 0 || migration.rateGbit > gbitPerS * (1 + 1e-9))
              throw new Error(`${migration.rateGbit} Gbit/s on a line of ${gbitPerS}`);
          }
        },
      ),
      { numRuns: 20 },
    );
    const bed = createBed();
    const migration = ordered(bed);
    for (let i = 0; i < 30; i++) bed.step(60);
    expect(migration.arrivedTb).toBe(12);
  });

  test("reserves whole rows, stages, moves its checkpoint, warms up, and gives the rows back", () => {
    const bed = createBed();
    const migration = ordered(bed);
    const [start] = migration.ranges[0]!;
    const [, end] = migration.ranges.at(-1)!;
    const load = (): number => sum(bed.racks.columns.load, [start, end]) / migration.racks;
    const seen = new Map<string, number>();
    const phases: string[] = [];
    for (let i = 0; i < 700; i++) {
      bed.step(10);
      if (phases.at(-1) !== migration.phase) phases.push(migration.phase);
      seen.set(migration.phase, load());
    }
    expect(phases).toEqual(["ordered", "reserving", "staging", "moving", "loading", "running", "done"]);
    expect(migration.racks).toBeGreaterThanOrEqual(20);
    expect(seen.get("staging")!).toBeLessThan(8);
    expect(seen.get("running")!).toBeGreaterThan(80);
    expect(bed.dispatch.migrations).not.toContain(migration);
    expect(bed.racks.jobs.ofRack[start]).toBeLessThan(bed.racks.jobs.dealt);
  });

  test("leaves compute idle where it came from, from the moment its checkpoint moves", () => {
    const columns = createColumns(campus);
    const centres = createCentres(campus, columns, 1);
    const bed = createBed();
    const plain = createBed();
    const migration = ordered(bed);
    const [beijing, home] = [rowOf("net/beijing"), rowOf("net/hohhot")];
    const read = (of: Bed, column: "idleCompute" | "transferRate" | "stagedData", row: number): number => {
      stepCentres(centres, of.dispatch, of.moment);
      return centres.columns[column][row]!;
    };
    const background = (column: "transferRate" | "stagedData") => read(plain, column, home);
    for (let i = 0; i < 100; i++) {
      for (const each of [bed, plain]) each.step(10);
      const more = read(bed, "idleCompute", beijing) - read(plain, "idleCompute", beijing);
      const hasLeft = migration.phase === "moving" || migration.phase === "loading";
      expect([migration.phase, more > 0]).toEqual([migration.phase, hasLeft]);
      if (migration.phase === "moving")
        for (const row of [home, beijing])
          expect(read(bed, "transferRate", row) - read(plain, "transferRate", row)).toBeCloseTo(100, 6);
    }
    expect(read(bed, "stagedData", home) - background("stagedData")).toBeCloseTo(migration.arrivedTb, 9);
    const sent = (column: "transferRate" | "stagedData"): number =>
      centres.columns[column].reduce((sum, value, row) => sum + (row === home ? 0 : value), 0);
    stepCentres(centres, bed.dispatch, bed.moment);
    for (const column of ["transferRate", "stagedData"] as const)
      expect(sent(column)).toBeCloseTo(centres.columns[column][home]!, 9);
  });

  test("takes idle compute where it goes, from the moment its rows are reserved, and gives it back", () => {
    const columns = createColumns(campus);
    const centres = createCentres(campus, columns, 1);
    const [bed, plain] = [createBed(), createBed()];
    const migration = ordered(bed, { toBuilding: "a/hero" });
    const home = rowOf("net/hohhot");
    const idleOf = (of: Bed): number => {
      stepCentres(centres, of.dispatch, of.moment);
      return centres.columns.idleCompute[home]!;
    };
    const perRack = 6700 / 759;
    for (let i = 0; i < 700; i++) {
      for (const each of [bed, plain]) each.step(10);
      const taken = idleOf(plain) - idleOf(bed);
      const isHeld = migration.phase !== "ordered" && migration.phase !== "done";
      expect([migration.phase, taken > 0]).toEqual([migration.phase, isHeld]);
      expect(taken).toBeLessThan(perRack * migration.racks + 1);
    }
    expect(migration.phase).toBe("done");
  });

  test("two jobs never get the same rows; unknown places and too large jobs are refused with a reason", () => {
    const bed = createBed();
    const rows = new Set<number>();
    for (let i = 0; i < 4; i++) {
      const migration = ordered(bed, { toBuilding: "a/hero" });
      bed.step(60);
      bed.step(60);
      for (const [start] of migration.ranges) {
        expect(rows.has(start)).toBe(false);
        rows.add(start);
      }
    }
    const codeOf = (changes: Partial<MigrationOrder>): string | null => {
      const result = bed.dispatch.migrate({ ...order, ...changes });
      return result.ok ? null : result.error.code;
    };
    expect(codeOf({ fromCentre: "net/nowhere" })).toBe("dispatch-unknown-centre");
    expect(codeOf({ toBuilding: "net/beijing" })).toBe("dispatch-unknown-building");
    expect(codeOf({ racks: 100_000 })).toBe("dispatch-no-racks");
  });
});

describe("a load that people hold", () => {
  const mean = ({ racks }: Bed, id: string): number => {
    const range = racksBelow(id);
    return sum(racks.columns.load, range) / sum(racks.facts.occupied, range);
  };

  test("is reached along its ramp, changed, and given back", () => {
    const [bed, plain] = [createBed(), createBed()];
    const step = (seconds: number): void => {
      for (const each of [bed, plain]) each.step(seconds);
    };
    bed.dispatch.pin({ asset: "a/hero", load: 0.1 });
    step(1);
    expect(mean(bed, "a/hero")).toBeCloseTo(10, 0);
    bed.dispatch.pin({ asset: "a/hero", load: 0.9, rampS: 100 });
    for (let i = 0; i < 50; i++) step(1);
    expect(mean(bed, "a/hero")).toBeGreaterThan(40);
    expect(mean(bed, "a/hero")).toBeLessThan(60);
    for (let i = 0; i < 50; i++) step(1);
    expect(mean(bed, "a/hero")).toBeGreaterThan(80);
    bed.dispatch.pin({ asset: "a/hero", load: null });
    step(1);
    expect(bed.racks.columns.load).toEqual(plain.racks.columns.load);
    expect(bed.dispatch.pin({ asset: "nowhere", load: 1 }).ok).toBe(false);
  });

  test("one training job over two buildings begins with a step of nearly half of their rating, and swings as one", () => {
    const bed = createBed();
    const both = [racksBelow("a/hero"), racksBelow("f/b01")] as const;
    const of = (column: Float32Array): number => both.reduce((all, range) => all + sum(column, range), 0);
    const job = { asset: "a/hero", also: ["f/b01"], kind: "training" } as const;
    bed.dispatch.pin({ ...job, load: 0.03 });
    for (let i = 0; i < 6; i++) bed.step(10);
    const low = of(bed.racks.columns.power);
    bed.dispatch.pin({ ...job, load: 1 });
    bed.step(10);
    expect(of(bed.racks.columns.power) - low).toBeGreaterThan(0.45 * of(bed.racks.facts.installedKw));
    const kw = both.map((): number[] => []);
    for (let s = 0; s < 60; s++) {
      bed.step(1);
      for (const [i, range] of both.entries()) kw[i]!.push(sum(bed.racks.columns.power, range));
    }
    const [a, b] = kw.map((values) => {
      const mean = values.reduce((all, value) => all + value, 0) / values.length;
      const off = values.map((value) => value - mean);
      const size = Math.sqrt(off.reduce((all, value) => all + value * value, 0));
      return off.map((value) => value / size);
    });
    expect(a!.reduce((all, value, s) => all + value * b![s]!, 0)).toBeGreaterThan(0.9);
    expect(bed.dispatch.pin({ asset: "a/hero", also: ["nowhere"], load: 1 }).ok).toBe(false);
  });
});

describe("the batch queue", () => {
  const live = (
    slots: number,
    { hours, stepS, atMs = startMs }: { hours: number; stepS: number; atMs?: number },
  ) => {
    const batch = createBatch(slots, 5);
    const moment = createMoment();
    let mean = 0;
    const steps = (hours * 3600) / stepS;
    for (let i = 0; i <= steps; i++) {
      setMoment(moment, { timeMs: atMs + i * stepS * 1000, stepSeconds: i ? stepS : 0, utcOffsetMin: 480 });
      stepBatch(batch, moment);
      moment.first = false;
      if (i > 0) for (const load of batch.load) mean += load / slots / steps;
    }
    return { batch, mean };
  };

  test("keeps its partition as busy as racks are set for", () => {
    expect(live(60, { hours: 24 * 28, stepS: 900 }).mean / batchMean).toBeCloseTo(1, 1);
    expect(live(2, { hours: 24 * 60, stepS: 3600 }).mean / batchMean).toBeCloseTo(1, 1);
  });

  test("runs the same jobs at the same times whatever the step, and whenever the plant was started", () => {
    const fine = live(40, { hours: 6, stepS: 10 });
    const coarse = live(40, { hours: 6, stepS: 3600 });
    expect(fine.batch.endS).toEqual(coarse.batch.endS);
    expect(Math.abs(fine.mean - coarse.mean)).toBeLessThan(0.02);
    const late = live(40, { hours: 1, stepS: 60, atMs: startMs + 5 * 3_600_000 });
    const same = late.batch.endS.filter((end) => fine.batch.endS.includes(end)).length;
    expect(same).toBeGreaterThan(30);
  });

  test("never takes more slots than there are, nor loses one", () => {
    const { batch } = live(17, { hours: 24 * 14, stepS: 600 });
    expect(batch.endS.filter((end) => end < Number.POSITIVE_INFINITY).length).toBe(batch.busy);
    expect(batch.running).toBeGreaterThan(0);
  });
});
