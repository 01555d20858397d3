/**
 * Display frame: dirty cells of one class table, columnar, little endian.
 *
 * Header (32 bytes)
 *   0 u32 magic "HTFF" · 4 u8 version · 5 u8 flags (bit 0 key, bit 1 64-bit values) · 6 u16 class index
 *   8 u32 epoch · 12 u32 sequence · 16 f64 time (ms UTC, the feed's clock) · 24 u32 drop count · 28 u16 columns · 30 u16 zero
 * Column (repeated)
 *   u16 metric · u8 row encoding (0 range, 1 list) · u8 zero · u32 count
 *   range: u32 first row; list: count × u32 rows
 *   values (count × f32, or f64 on an 8-byte boundary) · sample offsets (count × i32 ms from time) ·
 *   receive offsets (count × i32 ms from time) · status (count × u8, padded to 4)
 *
 * Decoding copies nothing: columns are views on the received buffer.
 */

const frameMagic = 0x46465448;
const frameVersion = 1;
/** Offset that says "never": no sample, or none received. */
export const neverOffset = -0x80000000;
/** Frames are cut so that they stay at or below this many bytes. */
export const frameTargetBytes = 64 * 1024;

const headerBytes = 32;

export interface FrameColumn {
  readonly metric: number;
  readonly count: number;
  /** First row when rows are contiguous, else −1 and `rows` lists them. */
  readonly firstRow: number;
  /** Shape: count; null when contiguous. */
  readonly rows: Uint32Array | null;
  readonly values: Float32Array | Float64Array;
  /** Source time minus frame time, ms; `neverOffset` for none. Shape: count. */
  readonly sampleOffsetMs: Int32Array;
  /** Receive time minus frame time, ms. Shape: count. */
  readonly receivedOffsetMs: Int32Array;
  /** Status bytes (twins/model/quality.ts). Shape: count. */
  readonly status: Uint8Array;
}

export interface Frame {
  readonly key: boolean;
  readonly classIndex: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly timeMs: number;
  readonly dropCount: number;
  readonly columns: readonly FrameColumn[];
}

const align = (offset: number, to: number): number => (offset + to - 1) & ~(to - 1);

const isWide = (frame: Frame): boolean => frame.columns.some((c) => c.values instanceof Float64Array);

const columnEnd = (start: number, column: FrameColumn, wide: boolean): number => {
  let at = start + 8 + (column.rows ? column.count * 4 : 4);
  if (wide) at = align(at, 8);
  at += column.count * (wide ? 8 : 4) + column.count * 8;
  return align(at + column.count, 4);
};

/** Bytes that `encodeFrame` will produce. */
export const frameBytes = (frame: Frame): number => {
  const wide = isWide(frame);
  return frame.columns.reduce((at, column) => columnEnd(at, column, wide), headerBytes);
};

/** Encodes a frame, after `prefix` bytes left free for a transport header (a multiple of 8). */
export const encodeFrame = (frame: Frame, prefix = 0): ArrayBuffer => {
  const wide = isWide(frame);
  const buffer = new ArrayBuffer(prefix + frameBytes(frame));
  const view = new DataView(buffer, prefix);
  view.setUint32(0, frameMagic, true);
  view.setUint8(4, frameVersion);
  view.setUint8(5, (frame.key ? 1 : 0) | (wide ? 2 : 0));
  view.setUint16(6, frame.classIndex, true);
  view.setUint32(8, frame.epoch, true);
  view.setUint32(12, frame.sequence, true);
  view.setFloat64(16, frame.timeMs, true);
  view.setUint32(24, frame.dropCount, true);
  view.setUint16(28, frame.columns.length, true);
  let at = headerBytes;
  for (const column of frame.columns) {
    const end = columnEnd(at, column, wide);
    view.setUint16(at, column.metric, true);
    view.setUint8(at + 2, column.rows ? 1 : 0);
    view.setUint32(at + 4, column.count, true);
    at += 8;
    if (column.rows) {
      new Uint32Array(buffer, prefix + at, column.count).set(column.rows.subarray(0, column.count));
      at += column.count * 4;
    } else {
      view.setUint32(at, column.firstRow, true);
      at += 4;
    }
    if (wide) {
      at = align(at, 8);
      new Float64Array(buffer, prefix + at, column.count).set(column.values.subarray(0, column.count));
      at += column.count * 8;
    } else {
      new Float32Array(buffer, prefix + at, column.count).set(column.values.subarray(0, column.count));
      at += column.count * 4;
    }
    new Int32Array(buffer, prefix + at, column.count).set(column.sampleOffsetMs.subarray(0, column.count));
    at += column.count * 4;
    new Int32Array(buffer, prefix + at, column.count).set(column.receivedOffsetMs.subarray(0, column.count));
    at += column.count * 4;
    new Uint8Array(buffer, prefix + at, column.count).set(column.status.subarray(0, column.count));
    at = end;
  }
  return buffer;
};

/** Raised when bytes are no frame of ours; says what was expected and found. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/**
 * Decodes one frame that starts `offset` bytes into `buffer` (a multiple of 8).
 * @throws FrameError when magic, version or lengths do not fit.
 */
export const decodeFrame = (buffer: ArrayBufferLike, offset = 0): Frame => {
  const size = buffer.byteLength - offset;
  if (size < headerBytes)
    throw new FrameError(`frame of ${size} bytes is shorter than its ${headerBytes}-byte header`);
  const view = new DataView(buffer, offset);
  const magic = view.getUint32(0, true);
  if (magic !== frameMagic)
    throw new FrameError(`expected magic 0x${frameMagic.toString(16)}, found 0x${magic.toString(16)}`);
  const version = view.getUint8(4);
  if (version !== frameVersion)
    throw new FrameError(`expected frame version ${frameVersion}, found ${version}`);
  const wide = (view.getUint8(5) & 2) !== 0;
  const columnCount = view.getUint16(28, true);
  const columns: FrameColumn[] = [];
  let at = headerBytes;
  for (let i = 0; i < columnCount; i++) {
    if (at + 8 > size) throw new FrameError(`column ${i} starts at ${at}, past the end at ${size}`);
    const metric = view.getUint16(at, true);
    const isList = view.getUint8(at + 2) === 1;
    const count = view.getUint32(at + 4, true);
    at += 8;
    const listBytes = isList ? count * 4 : 4;
    const valuesAt = wide ? align(at + listBytes, 8) : at + listBytes;
    const samplesAt = valuesAt + count * (wide ? 8 : 4);
    const end = align(samplesAt + count * 9, 4);
    if (end > size)
      throw new FrameError(`column ${i} of ${count} cells ends at ${end}, past the end at ${size}`);
    columns.push({
      metric,
      count,
      firstRow: isList ? -1 : view.getUint32(at, true),
      rows: isList ? new Uint32Array(buffer, offset + at, count) : null,
      values: wide
        ? new Float64Array(buffer, offset + valuesAt, count)
        : new Float32Array(buffer, offset + valuesAt, count),
      sampleOffsetMs: new Int32Array(buffer, offset + samplesAt, count),
      receivedOffsetMs: new Int32Array(buffer, offset + samplesAt + count * 4, count),
      status: new Uint8Array(buffer, offset + samplesAt + count * 8, count),
    });
    at = end;
  }
  return {
    key: (view.getUint8(5) & 1) !== 0,
    classIndex: view.getUint16(6, true),
    epoch: view.getUint32(8, true),
    sequence: view.getUint32(12, true),
    timeMs: view.getFloat64(16, true),
    dropCount: view.getUint32(24, true),
    columns,
  };
};

/** Clamps a time to an offset that fits a frame: ±24.8 days, and never `neverOffset`. */
export const frameOffset = (timeMs: number, frameTimeMs: number): number =>
  Number.isFinite(timeMs) && timeMs > 0
    ? Math.max(-0x7fffffff, Math.min(0x7fffffff, Math.round(timeMs - frameTimeMs)))
    : neverOffset;
