import { encodeFrame } from "#feed/contract/frame.ts";
import { applyFrame, createCounters } from "#renderer/data/apply.ts";
import { createCampusState } from "#renderer/data/campus.ts";
import { createClock } from "#renderer/data/clock.ts";
import { tinyTwin } from "#renderer/data/tiny-twin.fixture.ts";
import { classIndex, classSpec } from "#twins/model/catalogue.ts";

/** Time to decode and apply one full display frame of racks, µs. Figures: docs/decisions/0001-decode-on-main-thread.md. */
export interface DecodeFigures {
  readonly frameBytes: number;
  readonly cells: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

const racks = 400_000;
const epoch = 7;
const metrics = classSpec("rack").metrics.length;
const frameCount = 64;
const rounds = 60;

/** A frame close to the 64 KiB that the feed cuts at: contiguous rows (key frames) or scattered ones (deltas). */
const rackFrame = (isScattered: boolean, sequence: number): ArrayBuffer => {
  const bytesPerCell = isScattered ? 17 : 13;
  const count = Math.floor((64 * 1024 - 512) / bytesPerCell / metrics);
  const scattered = () => Uint32Array.from({ length: count }, (_, i) => (i * 811 + sequence * 13) % racks);
  return encodeFrame({
    key: !isScattered,
    classIndex: classIndex("rack"),
    epoch,
    sequence,
    timeMs: 1e12,
    dropCount: 0,
    columns: Array.from({ length: metrics }, (_, metric) => ({
      metric,
      count,
      firstRow: isScattered ? -1 : (sequence * count) % (racks - count),
      rows: isScattered ? scattered() : null,
      values: new Float32Array(count).fill(20),
      sampleOffsetMs: new Int32Array(count).fill(-300),
      receivedOffsetMs: new Int32Array(count).fill(-20),
      status: new Uint8Array(count).fill(7),
    })),
  });
};

const measure = (isScattered: boolean): DecodeFigures => {
  const clock = createClock(() => 0, 1e12);
  const campus = createCampusState(tinyTwin({ rack: racks }, epoch), clock);
  const counters = createCounters();
  const frames = Array.from({ length: frameCount }, (_, i) => rackFrame(isScattered, i));
  const timesMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const frame of frames) {
      const startMs = performance.now();
      applyFrame({ campus, counters }, frame);
      timesMs.push(performance.now() - startMs);
    }
  }
  timesMs.sort((a, b) => a - b);
  const at = (share: number) => Math.round(timesMs[Math.floor(timesMs.length * share)]! * 1000);
  return {
    frameBytes: frames[0]!.byteLength,
    cells: counters.cells / counters.frames,
    p50Us: at(0.5),
    p99Us: at(0.99),
  };
};

/** Decodes key frames and deltas of a 400,000-rack campus, cold code included. */
export const benchDecode = (): { readonly key: DecodeFigures; readonly delta: DecodeFigures } => ({
  key: measure(false),
  delta: measure(true),
});

if (import.meta.main) console.log(JSON.stringify(benchDecode()));
