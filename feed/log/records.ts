import { crc32 } from "node:zlib";
import { Opcode } from "@mcap/core";
import { LogFormatError } from "./bytes.ts";
import { decompressChunk } from "./compression.ts";

/** Opcode and length before every record. */
export const recordHeadBytes = 9;
/** Beginning and end of every MCAP file. */
export const magicBytes = 8;
/** Nothing of ours, and nothing that could be kept in memory, is larger. */
const mostRecordBytes = 2 ** 31;
/** Fields of a chunk record before its records, without compression's name. */
const chunkHeadBytes = 8 + 8 + 8 + 4 + 4 + 8;
const messageHeadBytes = 2 + 4 + 8 + 8;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A 64-bit number that has to be a safe integer. @throws LogFormatError when it is not, or not there */
export const u64At = (bytes: Uint8Array, at: number): number => {
  if (!(at >= 0 && at + 8 <= bytes.length))
    throw new LogFormatError(`expected eight bytes at ${at}, found the end`);
  const view = viewOf(bytes);
  const value = view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
  if (!Number.isSafeInteger(value)) throw new LogFormatError(`expected a number below 2^53 at ${at}`);
  return value;
};

/** A time in nanoseconds, as ms. */
const msAt = (bytes: Uint8Array, at: number): number => {
  if (!(at >= 0 && at + 8 <= bytes.length))
    throw new LogFormatError(`expected a time at ${at}, found the end`);
  const view = viewOf(bytes);
  return Math.round(view.getUint32(at, true) / 1e6 + view.getUint32(at + 4, true) * 4294.967296);
};

/** Text with its length before it, and what follows it. */
export const textAt = (bytes: Uint8Array, at: number): { readonly text: string; readonly next: number } => {
  if (at + 4 > bytes.length) throw new LogFormatError(`expected text at ${at}, found the end`);
  const length = viewOf(bytes).getUint32(at, true);
  const next = at + 4 + length;
  if (next > bytes.length)
    throw new LogFormatError(`expected ${length} bytes of text at ${at}, found the end`);
  return { text: new TextDecoder().decode(bytes.subarray(at + 4, next)), next };
};

/** A record's opcode and the bytes of its content. @throws LogFormatError when there is none */
export const recordAt = (
  bytes: Uint8Array,
  at: number,
): { readonly opcode: number; readonly length: number } => {
  if (at + recordHeadBytes > bytes.length)
    throw new LogFormatError(`expected a record at ${at}, found the end`);
  const opcode = bytes[at]!;
  const length = u64At(bytes, at + 1);
  if (opcode === 0 || length > mostRecordBytes)
    throw new LogFormatError(`expected a record at ${at}, found opcode ${opcode} of ${length} bytes`);
  return { opcode, length };
};

export interface ChunkHead {
  readonly timeMs: number;
  readonly plainBytes: number;
  readonly crc: number;
  readonly compression: string;
  /** Where its records begin, from the start of the chunk record. */
  readonly recordsAt: number;
  readonly recordsBytes: number;
}

/** Reads the head of a chunk record that starts at `at`. @throws LogFormatError when there is none */
export const chunkHead = (bytes: Uint8Array, at: number): ChunkHead => {
  const { opcode, length } = recordAt(bytes, at);
  if (opcode !== Opcode.CHUNK) throw new LogFormatError(`expected a chunk at ${at}, found opcode ${opcode}`);
  const content = at + recordHeadBytes;
  const { text: compression, next } = textAt(bytes, content + 28);
  const recordsBytes = u64At(bytes, next);
  const plainBytes = u64At(bytes, content + 16);
  if (length !== chunkHeadBytes + compression.length + recordsBytes || plainBytes > mostRecordBytes)
    throw new LogFormatError(
      `expected a chunk of ${length} bytes at ${at}, found ${recordsBytes} of records`,
    );
  return {
    timeMs: msAt(bytes, content),
    plainBytes,
    crc: viewOf(bytes).getUint32(content + 24, true),
    compression,
    recordsAt: next + 8 - at,
    recordsBytes,
  };
};

/**
 * The records of a chunk, decompressed and checked.
 * @throws LogFormatError when the chunk is not whole.
 */
export const chunkRecords = (bytes: Uint8Array, at: number): Uint8Array => {
  const head = chunkHead(bytes, at);
  const from = at + head.recordsAt;
  if (from + head.recordsBytes > bytes.length) throw new LogFormatError(`chunk at ${at} ends past its bytes`);
  const records = bytes.subarray(from, from + head.recordsBytes);
  const plain = decompressChunk(records, head.compression, head.plainBytes);
  const crc = crc32(plain);
  if (plain.length !== head.plainBytes || crc !== head.crc)
    throw new LogFormatError(`chunk at ${at}: expected checksum ${head.crc}, found ${crc}`);
  return plain;
};

const sequenceAt = (plain: Uint8Array, content: number): number => viewOf(plain).getUint32(content + 2, true);

/** Calls `visit` for every message among a chunk's records. @throws LogFormatError when they are no records */
export const forEachMessage = (
  plain: Uint8Array,
  visit: (channel: number, payload: Uint8Array, sequence: number) => void,
): void => {
  let at = 0;
  while (at < plain.length) {
    const { opcode, length } = recordAt(plain, at);
    const content = at + recordHeadBytes;
    at = content + length;
    if (at > plain.length) throw new LogFormatError(`record at ${content} ends past its chunk`);
    if (opcode !== Opcode.MESSAGE) continue;
    if (length < messageHeadBytes) throw new LogFormatError(`message of ${length} bytes at ${content}`);
    visit(
      plain[content]! | (plain[content + 1]! << 8),
      plain.subarray(content + messageHeadBytes, at),
      sequenceAt(plain, content),
    );
  }
};
