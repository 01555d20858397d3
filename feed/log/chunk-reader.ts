import { LogFormatError } from "./bytes.ts";
import { ScratchBytes } from "./file-bytes.ts";
import type { LogFile } from "./log-file.ts";
import { chunkRecords } from "./records.ts";

/** Chunks that follow one another are read at once up to this many bytes. */
const readBytes = 32 * 1024 * 1024;

/** Reads chunks of files, many at a time. */
export class ChunkReader {
  readonly #scratch = new ScratchBytes();

  /**
   * Calls `visit` with the records of each chunk from `first` to `last`; null for one that is damaged. They are valid
   * until the next piece of the file is read: keep nothing beyond `endOfPiece`.
   * @returns false when `visit` returned false to stop
   */
  visit(
    { bytes: file, index }: LogFile,
    [first, last]: readonly [first: number, last: number],
    {
      visit,
      endOfPiece,
    }: {
      readonly visit: (records: Uint8Array | null, chunk: number) => boolean;
      readonly endOfPiece?: () => void;
    },
  ): boolean {
    let chunk = first;
    while (chunk <= last) {
      const from = index.offset[chunk]!;
      let end = chunk;
      while (end < last && index.offset[end + 1]! + index.bytes[end + 1]! - from <= readBytes) end++;
      const piece = file.read(from, index.offset[end]! + index.bytes[end]! - from, this.#scratch);
      for (; chunk <= end; chunk++) {
        const records = wholeRecords(piece, index.offset[chunk]! - from);
        if (!visit(records, chunk)) {
          endOfPiece?.();
          return false;
        }
      }
      endOfPiece?.();
    }
    return true;
  }
}

const wholeRecords = (piece: Uint8Array, at: number): Uint8Array | null => {
  try {
    return chunkRecords(piece, at);
  } catch (error) {
    if (error instanceof LogFormatError) return null;
    throw error;
  }
};
