import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { ByteSink } from "#feed/log/bytes.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { Doubt } from "#feed/log/series/doubt.ts";
import { BatchScan, batchesOf, type Part } from "./batch.ts";
import { encodeCurve } from "./curve-codec.ts";
import { type Curve, CurveBlock, type Cut, createCurve, cutOf } from "./curves.ts";
import { type ClassHead, type ColumnHead, encodeHead, keyOf, writeFront } from "./head.ts";

/** Memory that a build takes at most, beside a piece of the recording: what does not fit is read for again. */
const defaultMostBytes = 96 * 1024 * 1024;

/** Widths of buckets, ms, widest first: a large recording begins with wider ones. */
const pyramids = [
  [3_600_000, 600_000, 60_000, 10_000],
  [3_600_000, 600_000, 120_000, 30_000],
  [3_600_000, 600_000, 60_000],
] as const;
/** A sidecar that is more than a few megabytes is to be at most this share of its recording, where a pyramid allows. */
const mostShare = 0.25;
const smallBytes = 16 * 1024 * 1024;
/** What a bucket takes on the disk, about, bytes. */
const bucketBytes = 6;

const pyramidFor = (file: LogFile): readonly number[] => {
  const { bytes, fromMs, toMs } = keyOf(file);
  const cells = file.layouts.reduce((sum, { rows, columns }) => sum + rows * columns.length, 0);
  const isSmall = (steps: readonly number[]): boolean =>
    (cells * (toMs - fromMs) * bucketBytes) / steps.at(-1)! <= Math.max(smallBytes, bytes * mostShare);
  return pyramids.find(isSmall) ?? pyramids.at(-1)!;
};

const flushBytes = 1024 * 1024;
/** Share of a build's time that goes into reading. */
const readShare = 0.8;
/** Rows that are written between two breaths. */
const breathRows = 128;

/** Writes behind what is there. */
class Output {
  readonly sink = new ByteSink();
  readonly #file: number;
  #written = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  get at(): number {
    return this.#written + this.sink.length;
  }

  flush(leastBytes: number): void {
    const { written } = this.sink;
    if (written.length < leastBytes) return;
    for (let at = 0; at < written.length; ) at += writeSync(this.#file, written, at);
    this.#written += written.length;
    this.sink.length = 0;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/**
 * Builds the sidecar of one file, in steps of some milliseconds; yields how far it is, 0…1. Until it is whole it has
 * another name; given up by `return`, or by an error of the file system, nothing is left of it.
 */
export function* buildSidecar(
  file: LogFile,
  path: string,
  { mostBytes = defaultMostBytes }: { readonly mostBytes?: number } = {},
): Generator<number, void, void> {
  const unfinished = `${path}.part`;
  const output = new Output(unfinished);
  let isOpen = true;
  try {
    yield* writeSidecar(file, output, mostBytes);
    output.close();
    isOpen = false;
    renameSync(unfinished, path);
  } finally {
    if (isOpen) output.close();
    rmSync(unfinished, { force: true });
  }
}

function* writeSidecar(file: LogFile, output: Output, mostBytes: number): Generator<number, void, void> {
  const steps = pyramidFor(file);
  const key = keyOf(file);
  const cuts = steps.map((step) => cutOf(key.fromMs, key.toMs, step));
  const batches = batchesOf(file, cuts.at(-1)!, mostBytes);
  const columns = new Columns(output);
  writeFront(output.sink);
  const most = Math.max(0, ...batches.map(cellsOf));
  const curves = new CurveBlock(most, cuts.at(-1)!);
  for (const [i, parts] of batches.entries()) {
    for (const _ of curves.clear()) yield i / batches.length;
    const scan = new BatchScan(parts, curves);
    for (const readMs of scan.read(file)) {
      const read = (readMs - key.fromMs) / Math.max(1, key.toMs - key.fromMs);
      yield (i + read * readShare) / batches.length;
    }
    for (const rows of columns.write(parts, curves, cuts))
      yield (i + readShare + (rows / cellsOf(parts)) * (1 - readShare)) / batches.length;
  }
  const bytes = encodeHead({ key, steps, classes: columns.classesOf(file) });
  output.sink.bytes.set(bytes, output.sink.reserve(bytes.length));
  output.flush(0);
  yield 1;
}

const cellsOf = (parts: readonly Part[]): number => parts.reduce((sum, { rows }) => sum + rows, 0);

/** Records of rows, column after column, and where they are. */
class Columns {
  readonly #output: Output;
  readonly #heads = new Map<string, ColumnHead>();
  #at = 0;
  #places: number[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Yields how many rows it has written. */
  *write(parts: readonly Part[], curves: CurveBlock, cuts: readonly Cut[]): Generator<number, void, void> {
    const levels = cuts.map((cut) => ({ cut, curve: createCurve(cut.count) }));
    let cell = 0;
    for (const part of parts) {
      if (part.firstRow === 0) this.#begin();
      for (let row = 0; row < part.rows; row++, cell++) {
        for (const { cut, curve } of levels) curves.readInto(cell, cut, curve);
        this.#writeRow(
          part,
          levels.map(({ curve }) => curve),
        );
        if (cell % breathRows === breathRows - 1) yield cell;
      }
      if (part.firstRow + part.rows === part.layout.rows) this.#end(part);
      this.#output.flush(flushBytes);
    }
  }

  classesOf({ layouts }: LogFile): readonly ClassHead[] {
    return layouts.map((layout) => ({
      name: layout.name,
      rows: layout.rows,
      columns: layout.columns.flatMap(({ id }) => this.#heads.get(`${layout.name} ${id}`) ?? []),
    }));
  }

  #begin(): void {
    this.#at = this.#output.at;
    this.#places = [];
  }

  #writeRow({ layout, column }: Part, curves: readonly Curve[]): void {
    const { sink } = this.#output;
    this.#places.push(this.#output.at - this.#at);
    // Of a point that was never seen there is nothing to say.
    if (curves[0]!.doubt.every((doubt, i) => doubt === Doubt.unknown && Number.isNaN(curves[0]!.min[i]!)))
      return;
    const start = sink.length;
    const isRaw = layout.columns[column]!.resolution === 0;
    for (const curve of curves) encodeCurve(sink, curve, isRaw);
    sink.u32(crc32(sink.bytes.subarray(start, sink.length)));
  }

  #end({ layout, column }: Part): void {
    const { sink } = this.#output;
    this.#places.push(this.#output.at - this.#at);
    const rowsAt = this.#output.at;
    for (const place of this.#places) sink.u32(place);
    const { id, resolution } = layout.columns[column]!;
    this.#heads.set(`${layout.name} ${id}`, { id, resolution, at: this.#at, rowsAt });
  }
}
