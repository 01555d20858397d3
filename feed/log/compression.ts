import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { LogFormatError } from "./bytes.ts";

/** Smaller chunks are not worth a call. */
const leastBytes = 4096;
/** Larger chunks are keys, or bursts: they are read at the speed of memory instead. */
const mostBytes = 512 * 1024;
/** A chunk is kept compressed when it shrinks to this share: a seek has to undo it. */
const goodShare = 0.7;
/** After one that did not, this many are not tried: neighbours are alike. */
const pauseChunks = 30;

/** Compresses chunks where that pays. */
export class ChunkCompressor {
  #pause = 0;

  /** What a chunk's records become, and MCAP's name for how. */
  compress(plain: Uint8Array): { readonly compression: string; readonly records: Uint8Array } {
    const isWorthIt = plain.length >= leastBytes && plain.length <= mostBytes;
    if (isWorthIt && this.#pause-- <= 0) {
      const records = zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
      if (records.length < plain.length * goodShare) return { compression: "zstd", records };
      this.#pause = pauseChunks;
    }
    return { compression: "", records: plain };
  }
}

/** @throws LogFormatError when they cannot be: nothing larger than it says is ever made. */
export const decompressChunk = (records: Uint8Array, compression: string, size: number): Uint8Array => {
  if (compression === "") return records;
  if (compression !== "zstd") throw new LogFormatError(`expected zstd or nothing, found ${compression}`);
  try {
    return zstdDecompressSync(records, { maxOutputLength: size });
  } catch (error) {
    throw new LogFormatError(`chunk cannot be decompressed: ${String(error)}`);
  }
};
