import { ByteSink, ByteSource, LogFormatError } from "./bytes.ts";

/**
 * Where the chunks of a file are, in columns of 21 bytes a chunk: 30 days take 55 MB, where MCAP's own chunk index with
 * its maps takes a gigabyte of objects. Layout (attachment `seek-index`, docs/LOG-FORMAT.md §6):
 *
 * u32 magic "HTIX" · u32 version 1 · u32 chunks · u32 zero
 * chunks × f64 offset of the chunk record in the file · chunks × f64 time (ms UTC) · chunks × u32 bytes of the record ·
 * chunks × u8 kind · u32 bytes of all this · u32 magic
 *
 * The bytes and the magic at its end let it be found from the end of the file without the summary.
 */
const magic = 0x58495448;
const version = 1;
const headBytes = 16;
const chunkBytes = 21;
export const indexTailBytes = 8;

/**
 * What a chunk holds, as bits. A key is one chunk, whatever its size. `afterHole` is never written: mending says so of a
 * chunk before which something is missing.
 */
export const chunkKind = { key: 1, events: 2, delta: 4, afterHole: 8 } as const;

/** Chunks of a file in the order of their times. Shape of all: chunks. */
export interface SeekIndex {
  readonly count: number;
  readonly offset: Float64Array;
  readonly timeMs: Float64Array;
  readonly bytes: Uint32Array;
  readonly kind: Uint8Array;
}

/** An index that grows. */
export class IndexBuilder {
  #offset = new Float64Array(1024);
  #timeMs = new Float64Array(1024);
  #bytes = new Uint32Array(1024);
  #kind = new Uint8Array(1024);
  #count = 0;
  #index: SeekIndex | null = null;

  add(chunk: {
    readonly offset: number;
    readonly timeMs: number;
    readonly bytes: number;
    readonly kind: number;
  }): void {
    if (this.#count === this.#offset.length) this.#grow();
    const at = this.#count++;
    this.#index = null;
    this.#offset[at] = chunk.offset;
    this.#timeMs[at] = chunk.timeMs;
    this.#bytes[at] = chunk.bytes;
    this.#kind[at] = chunk.kind;
  }

  #grow(): void {
    const longer = <T extends Float64Array | Uint32Array | Uint8Array>(from: T): T => {
      const to = new (from.constructor as new (length: number) => T)(from.length * 2);
      to.set(from);
      return to;
    };
    this.#offset = longer(this.#offset);
    this.#timeMs = longer(this.#timeMs);
    this.#bytes = longer(this.#bytes);
    this.#kind = longer(this.#kind);
  }

  /** Views on what is there: they do not grow. The same ones until something is added. */
  get index(): SeekIndex {
    const count = this.#count;
    this.#index ??= {
      count,
      offset: this.#offset.subarray(0, count),
      timeMs: this.#timeMs.subarray(0, count),
      bytes: this.#bytes.subarray(0, count),
      kind: this.#kind.subarray(0, count),
    };
    return this.#index;
  }
}

const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

export const encodeIndex = ({ count, offset, timeMs, bytes, kind }: SeekIndex): Uint8Array => {
  const sink = new ByteSink();
  for (const word of [magic, version, count, 0]) sink.u32(word);
  for (const column of [offset, timeMs, bytes, kind]) {
    const at = sink.reserve(column.byteLength);
    sink.bytes.set(bytesOf(column), at);
  }
  sink.u32(sink.length + indexTailBytes);
  sink.u32(magic);
  return sink.written.slice();
};

/** Bytes of the whole index whose last bytes these are; 0 when no index ends here. */
export const indexLength = (tail: Uint8Array): number => {
  const source = new ByteSource(tail, tail.length - indexTailBytes);
  const length = source.u32();
  return source.u32() === magic ? length : 0;
};

/** @throws LogFormatError when the bytes are no index. */
export const decodeIndex = (bytes: Uint8Array): SeekIndex => {
  const source = new ByteSource(bytes);
  const found = source.u32();
  if (found !== magic) throw new LogFormatError(`expected a seek index, found 0x${found.toString(16)}`);
  const written = source.u32();
  if (written !== version) throw new LogFormatError(`expected seek index ${version}, found ${written}`);
  const count = source.u32();
  if (bytes.length !== headBytes + count * chunkBytes + indexTailBytes)
    throw new LogFormatError(`expected ${count} chunks in the index, found ${bytes.length} bytes`);
  source.u32();
  const copy = (length: number): ArrayBuffer => {
    const at = source.take(length);
    return bytes.slice(at, at + length).buffer;
  };
  return {
    count,
    offset: new Float64Array(copy(count * 8)),
    timeMs: new Float64Array(copy(count * 8)),
    bytes: new Uint32Array(copy(count * 4)),
    kind: new Uint8Array(copy(count)),
  };
};

/** Last chunk whose time is at most `timeMs`; −1 when there is none. */
export const chunkAt = ({ timeMs: times, count }: SeekIndex, timeMs: number): number => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** True when differences in a chunk are to something that is lost. */
export const isAfterHole = ({ kind }: SeekIndex, chunk: number): boolean =>
  (kind[chunk]! & (chunkKind.afterHole | chunkKind.key)) === chunkKind.afterHole;

/** Last key at or before a chunk; −1 when there is none. */
export const keyBefore = ({ kind }: SeekIndex, chunk: number): number => {
  let at = chunk;
  while (at >= 0 && (kind[at]! & chunkKind.key) === 0) at--;
  return at;
};
