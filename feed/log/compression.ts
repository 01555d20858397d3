import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { LogFormatError } from "./bytes.ts";

/** Smaller chunks are not worth a call. */
const leastBytes = 4096;
/** Larger chunks are keys, or bursts: they are read at the speed of memory instead. */
const mostBytes = 512 * 1024;
/** A chunk is kept compressed when it shrinks to this share. */
const goodShare = 0.8;

/** What a chunk's records become, and MCAP's name for how. */
export const compressChunk = (
  plain: Uint8Array,
): { readonly compression: string; readonly records: Uint8Array } => {
  if (plain.length >= leastBytes && plain.length <= mostBytes) {
    const records = zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    if (records.length < plain.length * goodShare) return { compression: "zstd", records };
  }
  return { compression: "", records: plain };
};

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
