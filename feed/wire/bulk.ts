/**
 * Bulk frame: one source time, a contiguous range of rows, several columns (docs/WIRE.md §3).
 * A million points a second leave no time for a message or an object per point.
 */

const bulkMagic = 0x4b425448; // "HTBK"
const bulkVersion = 1;
const headerBytes = 32;
const wideBit = 0x80;

export interface BulkColumn {
  readonly metric: number;
  /** NaN is "no reading". Shape: rows. */
  readonly values: Float32Array | Float64Array;
  /** Quality per row; null when all are good. Shape: rows. */
  readonly quality: Uint8Array | null;
}

export interface BulkFrame {
  readonly sequence: number;
  readonly layout: number;
  readonly timeMs: number;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly columns: readonly BulkColumn[];
}

/** Raised when bytes are no bulk frame; says what was expected and found. */
export class BulkError extends Error {
  override readonly name = "BulkError";
}

const align = (offset: number, to: number): number => (offset + to - 1) & ~(to - 1);

const layoutColumn = (at: number, rows: number, column: { wide: boolean; graded: boolean }) => {
  const valuesAt = column.wide ? align(at + 4, 8) : at + 4;
  const qualityAt = valuesAt + rows * (column.wide ? 8 : 4);
  return { valuesAt, qualityAt, end: column.graded ? align(qualityAt + rows, 4) : qualityAt };
};

const shapeOf = (column: BulkColumn) => ({
  wide: column.values instanceof Float64Array,
  graded: column.quality !== null,
});

/** Encodes a bulk frame into bytes of its own. */
export const encodeBulk = (frame: BulkFrame): Uint8Array => {
  let size = headerBytes;
  for (const column of frame.columns) size = layoutColumn(size, frame.rowCount, shapeOf(column)).end;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bulkMagic, true);
  view.setUint8(4, bulkVersion);
  view.setUint16(6, frame.columns.length, true);
  view.setUint32(8, frame.sequence, true);
  view.setUint32(12, frame.layout, true);
  view.setFloat64(16, frame.timeMs, true);
  view.setUint32(24, frame.firstRow, true);
  view.setUint32(28, frame.rowCount, true);
  let at = headerBytes;
  for (const column of frame.columns) {
    const shape = shapeOf(column);
    const place = layoutColumn(at, frame.rowCount, shape);
    view.setUint16(at, column.metric, true);
    view.setUint8(at + 2, (shape.wide ? wideBit : 0) | (shape.graded ? 1 : 0));
    const Values = shape.wide ? Float64Array : Float32Array;
    new Values(bytes.buffer, place.valuesAt, frame.rowCount).set(column.values);
    if (column.quality) bytes.set(column.quality, place.qualityAt);
    at = place.end;
  }
  return bytes;
};

/**
 * Decodes a bulk frame. Columns are views on `bytes` where its alignment allows (MQTT payloads start anywhere),
 * else on one copy of it.
 * @throws BulkError when magic, version or lengths do not fit.
 */
export const decodeBulk = (bytes: Uint8Array): BulkFrame => {
  if (bytes.byteLength < headerBytes)
    throw new BulkError(
      `bulk frame of ${bytes.byteLength} bytes is shorter than its ${headerBytes}-byte header`,
    );
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const { buffer, byteOffset: base, byteLength: size } = aligned;
  const view = new DataView(buffer, base, size);
  const magic = view.getUint32(0, true);
  if (magic !== bulkMagic) throw new BulkError(`expected magic HTBK, found 0x${magic.toString(16)}`);
  const version = view.getUint8(4);
  if (version !== bulkVersion) throw new BulkError(`expected bulk version ${bulkVersion}, found ${version}`);
  const rowCount = view.getUint32(28, true);
  const columnCount = view.getUint16(6, true);
  // Also keeps every offset below far from the 2 GiB at which `align` turns negative.
  if (columnCount > 0 && rowCount > size / Float32Array.BYTES_PER_ELEMENT)
    throw new BulkError(`${rowCount} rows do not fit into ${size} bytes`);
  const columns: BulkColumn[] = [];
  let at = headerBytes;
  for (let i = columnCount; i > 0; i--) {
    if (at + 4 > size) throw new BulkError(`a column starts at ${at}, past the end at ${size}`);
    const mode = view.getUint8(at + 2);
    const shape = { wide: (mode & wideBit) !== 0, graded: (mode & 1) !== 0 };
    const place = layoutColumn(at, rowCount, shape);
    if (place.end > size)
      throw new BulkError(`a column of ${rowCount} rows ends at ${place.end}, past the end at ${size}`);
    columns.push({
      metric: view.getUint16(at, true),
      values: shape.wide
        ? new Float64Array(buffer, base + place.valuesAt, rowCount)
        : new Float32Array(buffer, base + place.valuesAt, rowCount),
      quality: shape.graded ? new Uint8Array(buffer, base + place.qualityAt, rowCount) : null,
    });
    at = place.end;
  }
  return {
    sequence: view.getUint32(8, true),
    layout: view.getUint32(12, true),
    timeMs: view.getFloat64(16, true),
    firstRow: view.getUint32(24, true),
    rowCount,
    columns,
  };
};
