import { spawn } from "node:child_process";
import { once } from "node:events";
import { text as textOf } from "node:stream/consumers";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { Bed } from "#feed/wire/fuzz/bed.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf, Quality, qualityOf } from "#twins/model/quality.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type FloodKind, floodKinds } from "./flood-kinds.ts";
import { wireFloods } from "./flood-wires.ts";

/** Figures of `npm run bench -- flood --json [MESSAGES] [KIND]`: a million topics of one kind through the real router. */
export interface FloodFigures {
  readonly kind: string;
  readonly messages: number;
  readonly messagesPerSec: number;
  /** Heap and buffers after a forced collection, less the same before the flood, bytes. */
  readonly heldBytes: number;
  readonly rssBytes: number;
  /** Unmapped topics told apart, faults and drops counted. */
  readonly unmapped: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly drops: Readonly<Record<string, number>>;
  /** Messages that raised none of the counters that a person can see. */
  readonly uncounted: number;
  /** Of `goodPoints` that had a value every thousand messages: those right, good and fresh at the end. */
  readonly good: number;
  readonly problems: readonly string[];
}

const kinds = [...floodKinds, ...wireFloods];

const defaultMessages = 1_000_000;
const goodPoints = 1000;
/** The largest of the bounds: two million metrics of Sparkplug births, at a hundred bytes, beside a million hashes. */
const heldLimitBytes = 320 * 1024 * 1024;

const heldBytes = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** A thousand racks with metadata, whose power changes while the flood runs. */
class Good {
  readonly #bed: Bed;
  readonly #ids: readonly string[];
  #round = 0;

  constructor(bed: Bed, twin: Twin) {
    this.#bed = bed;
    this.#ids = Array.from({ length: goodPoints }, (_, row) => twin.table("rack").idOf(row));
    for (const id of this.#ids) this.#send("Metadata", id, { rackLocationId: id, engUnit: "kW" });
  }

  publish(): void {
    this.#round++;
    for (const [row, id] of this.#ids.entries())
      this.#send("Value", id, { value: this.#valueOf(row), timestamp: this.#bed.nowMs, quality: 1 });
  }

  count(): number {
    const table = this.#bed.context.store.tables.of("rack");
    const power = metricIndex("rack", "power");
    return this.#ids.filter((_, row) => {
      const cell = row * table.columns + power;
      const status = table.status[cell]!;
      const isTrusted = qualityOf(status) === Quality.good && freshnessOf(status) === Freshness.fresh;
      return isTrusted && table.value[cell] === this.#valueOf(row);
    }).length;
  }

  #valueOf(row: number): number {
    return ((row + this.#round) % 64) / 8;
  }

  #send(kind: string, id: string, payload: unknown): void {
    const topic = `BMS/v1/PUB/${kind}/Rack/RackPower/good/${id}`;
    this.#bed.send({ topic, payload: Buffer.from(JSON.stringify(payload)), retained: false });
  }
}

const seen = ({ context: { counters, faults } }: Bed): number =>
  faults.total +
  counters.metadataReceived +
  [...counters.drops.values()].reduce((sum, count) => sum + count, 0);

const flood = (twin: Twin, kind: FloodKind, messages: number): FloodFigures => {
  const bed = new Bed(twin, { intakes: kind.intakes, isEarly: kind.isEarly });
  const good = new Good(bed, twin);
  good.publish();
  const before = heldBytes();
  let floodMs = 0;
  let uncounted = 0;
  for (let i = 0; i < messages; i++) {
    const message = kind.message(i, { twin, nowMs: bed.nowMs });
    const counted = seen(bed);
    const startMs = performance.now();
    bed.send(message);
    floodMs += performance.now() - startMs;
    if (seen(bed) === counted) uncounted++;
    if (i % 1000 !== 999) continue;
    bed.nowMs += 100;
    good.publish();
    if (i % 10_000 === 9999) bed.second();
  }
  const held = heldBytes() - before;
  const { faults, unmapped, counters } = bed.context;
  const intact = good.count();
  const problems = [
    ...(held > heldLimitBytes ? [`holds ${held} bytes more than before`] : []),
    ...(intact < goodPoints ? [`${goodPoints - intact} of ${goodPoints} good values were lost`] : []),
  ];
  return {
    kind: kind.name,
    messages,
    messagesPerSec: Math.round((messages * 1000) / floodMs),
    heldBytes: held,
    rssBytes: process.memoryUsage().rss,
    unmapped: unmapped.total,
    faults: { ...faults.byCode() },
    drops: Object.fromEntries(counters.drops),
    uncounted,
    good: intact,
    problems,
  };
};

/** One kind in a process of its own: no heap carries another's. */
const inOwnProcess = async (kind: FloodKind, messages: number): Promise<FloodFigures> => {
  const args = [
    "--expose-gc",
    "--max-old-space-size=2048",
    import.meta.filename,
    "--kind",
    kind.name,
    `${messages}`,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([textOf(child.stdout), once(child, "close")]);
  if (code === 0) return JSON.parse(output) as FloodFigures;
  throw new Error(`the flood of ${kind.name} ended with ${code}`);
};

/** Runs every kind, or those whose name holds `name`. */
export const run = async (messages = defaultMessages, name = ""): Promise<readonly FloodFigures[]> => {
  const chosen = kinds.filter((kind) => kind.name.includes(name));
  const figures: FloodFigures[] = [];
  for (const kind of chosen) {
    const each = await inOwnProcess(kind, Math.min(messages, kind.messages ?? messages));
    for (const problem of each.problems) console.error(`${kind.name}: ${problem}`);
    figures.push(each);
  }
  return figures;
};

const only = process.argv.indexOf("--kind");
if (import.meta.main && only > 0) {
  const kind = kinds.find(({ name }) => name === process.argv[only + 1])!;
  console.log(JSON.stringify(flood(await smallCampus(), kind, Number(process.argv[only + 2]))));
} else if (import.meta.main) {
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const count = words.find((word) => /^\d+$/.test(word));
  const figures = await run(
    count ? Number(count) : undefined,
    words.find((word) => !/^\d+$/.test(word)),
  );
  console.log(JSON.stringify(figures));
  if (figures.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}
