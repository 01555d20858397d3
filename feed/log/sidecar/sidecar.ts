import { crc32 } from "node:zlib";
import { ByteSource, LogFormatError } from "#feed/log/bytes.ts";
import { type FileBytes, openBytes } from "#feed/log/file-bytes.ts";
import { type Scale, scaleOf } from "#feed/log/layout.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { decodeCurve } from "./curve-codec.ts";
import { type Curve, type Cut, createCurve, cutOf } from "./curves.ts";
import { type ColumnHead, keyOf, readHead, type SidecarHead } from "./head.ts";

/** One point at one width, out of a sidecar. */
export interface PointCurve {
  readonly curve: Curve;
  readonly cut: Cut;
  readonly scale: Scale;
}

/** One row's record ends with its checksum. */
const checksumBytes = 4;

/** A sidecar on the disk. No file is held open. */
export class Sidecar {
  readonly path: string;
  readonly #head: SidecarHead;

  constructor(path: string, head: SidecarHead) {
    this.path = path;
    this.#head = head;
  }

  /** Its narrowest bucket, ms. */
  get leastStepMs(): number {
    return this.#head.steps.at(-1)!;
  }

  /** Its widest bucket that goes into buckets of a width as a whole; null when none does. */
  stepFor(stepMs: number): number | null {
    return this.#head.steps.find((step) => stepMs % step === 0) ?? null;
  }

  /**
   * Reads points, in the order asked for; null for those that the file does not know.
   * @throws LogFormatError where it is damaged, or the file system's error
   */
  read(
    points: readonly { readonly className: string; readonly row: number; readonly metric: string }[],
    stepMs: number,
  ): readonly (PointCurve | null)[] {
    const file = openBytes(this.path);
    try {
      return points.map(({ className, row, metric }) => {
        const ofClass = this.#head.classes.find(({ name }) => name === className);
        const column = ofClass?.columns.find(({ id }) => id === metric);
        return ofClass && column && row < ofClass.rows ? this.#readRow(file, { column, row, stepMs }) : null;
      });
    } finally {
      file.close();
    }
  }

  #readRow(
    file: FileBytes,
    { column, row, stepMs }: { readonly column: ColumnHead; readonly row: number; readonly stepMs: number },
  ): PointCurve | null {
    const places = new ByteSource(file.read(column.rowsAt + row * 4, 8));
    const from = places.u32();
    const length = places.u32() - from;
    // Of a point that was never seen nothing is written.
    if (length === 0) return null;
    const record = file.read(column.at + from, Math.max(0, length));
    const end = record.length - checksumBytes;
    if (
      length !== record.length ||
      end < 0 ||
      crc32(record.subarray(0, end)) !== new ByteSource(record, end).u32()
    )
      throw new LogFormatError(`expected a row's checksum at ${column.at + from}, found another`);
    const { fromMs, toMs } = this.#head.key;
    const scale = scaleOf({ ...column, unit: "" });
    const source = new ByteSource(record, 0, end);
    for (const step of this.#head.steps) {
      const cut = cutOf(fromMs, toMs, step);
      const curve = createCurve(cut.count);
      decodeCurve(source, curve, scale.isRaw);
      if (step === stepMs) return { curve, cut, scale };
    }
    throw new LogFormatError(`expected buckets of ${stepMs} ms, found ${this.#head.steps.join(", ")}`);
  }
}

/** Opens the sidecar of a recording; null when it is not there, not whole, or of another file. */
export const openSidecar = (path: string, of: LogFile): Sidecar | null => {
  let file: FileBytes | null = null;
  try {
    file = openBytes(path);
    const head = readHead(file);
    return JSON.stringify(head.key) === JSON.stringify(keyOf(of)) ? new Sidecar(path, head) : null;
  } catch (error) {
    if (error instanceof LogFormatError || (error instanceof Error && "code" in error)) return null;
    throw error;
  } finally {
    file?.close();
  }
};
