import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClassTable, type ClassTables, stampCell } from "#feed/tables/class-table.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { layoutOf, scaleOf, stepsOf } from "./layout.ts";
import { type SessionOptions, SessionWriter } from "./session-writer.ts";
import { TableSource } from "./snapshot.ts";
import type { ClassState } from "./state.ts";
import { tablesOf } from "./tables.fixture.ts";

/** A directory that is gone when `run` ends. */
export const withDirectory = async <T>(run: (directory: string) => T | Promise<T>): Promise<T> => {
  const directory = mkdtempSync(join(tmpdir(), "horinger-log-"));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** Numbers that are the same in every run. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** First second of every recording here. */
const recordingStartMs = Date.UTC(2026, 6, 1, 4);

/** Hash of what a log promises to keep of a class. Column-major. */
const hashOf = (state: Pick<ClassState, "steps" | "status" | "sampleTimeMs" | "receivedTimeMs">): string => {
  const hash = createHash("sha256");
  for (const each of [state.steps, state.status, state.sampleTimeMs, state.receivedTimeMs])
    hash.update(new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
  return hash.digest("hex");
};

export const stateHash = (classes: readonly ClassState[]): string => classes.map(hashOf).join();

/** The same of live tables. */
export const tableHash = (tables: readonly ClassTable[]): string =>
  tables
    .map((table) => {
      const layout = layoutOf(table);
      const scales = layout.columns.map(scaleOf);
      const cells = table.status.length;
      const at = (i: number): number => (i % table.rows) * table.columns + Math.floor(i / table.rows);
      const column = (i: number): number => Math.floor(i / table.rows);
      return hashOf({
        steps: Float64Array.from({ length: cells }, (_, i) =>
          stepsOf(table.value[at(i)]!, scales[column(i)]!),
        ),
        status: Uint8Array.from({ length: cells }, (_, i) => table.status[at(i)]!),
        sampleTimeMs: Float64Array.from({ length: cells }, (_, i) => Math.floor(table.sampleTimeMs[at(i)]!)),
        receivedTimeMs: Float64Array.from({ length: cells }, (_, i) =>
          Math.floor(table.receivedTimeMs[at(i)]!),
        ),
      });
    })
    .join();

/** Live tables that change by chance, and a recording of them. */
export class Recording {
  readonly tables: ClassTables;
  readonly logged: readonly ClassTable[];
  readonly writer: SessionWriter;
  /** Time of the last pass. */
  timeMs = recordingStartMs;
  readonly #random: () => number;
  readonly #sources: readonly TableSource[];

  constructor(
    directory: string,
    {
      counts = { rack: 1500, meter: 40, crah: 200 },
      seed = 1,
      ...options
    }: Partial<SessionOptions> & {
      readonly counts?: Partial<Record<ClassName, number>>;
      readonly seed?: number;
    } = {},
  ) {
    this.tables = tablesOf(counts);
    this.logged = this.tables.all.filter(({ status }) => status.length > 0);
    this.#random = createRandom(seed);
    this.#sources = this.logged.map((table) => new TableSource(table));
    this.writer = new SessionWriter({
      directory,
      product: "test",
      layouts: this.logged.map(layoutOf),
      twin: JSON.stringify({ files: {}, racks: null }),
      roll: { bytes: 2 ** 30, ms: 3_600_000 },
      keep: { bytes: Number.POSITIVE_INFINITY, ageMs: Number.POSITIVE_INFINITY },
      ...options,
    });
  }

  /** Changes a share of all points, and records the second. */
  second(
    share = 0.02,
    events: readonly { readonly code: string }[] = [],
    quality: Readonly<Record<string, unknown>> | null = null,
  ): void {
    this.timeMs += 1000;
    for (const table of this.logged)
      for (let cell = 0; cell < table.status.length; cell++)
        if (this.#random() < share) this.#change(table, cell);
    this.writer.write({ timeMs: this.timeMs, sources: this.#sources, events, quality });
  }

  #change(table: ClassTable, cell: number): void {
    const random = this.#random;
    const { resolution = 0.001 } = table.spec.metrics[cell % table.columns]!;
    const before = table.value[cell]!;
    const isNone = random() < 0.02;
    const steps = Math.round((random() - 0.5) * 20);
    table.value[cell] = isNone ? Number.NaN : (Number.isNaN(before) ? 20 : before) + steps * resolution;
    table.status[cell] = isNone ? 1 : 7;
    table.sampleTimeMs[cell] = this.timeMs - 50 - Math.floor(random() * 950);
    table.receivedTimeMs[cell] = table.sampleTimeMs[cell]! + 50 * random();
    stampCell(this.tables, table, cell);
  }
}
