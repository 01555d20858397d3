import { crc32 } from "node:zlib";
import { Opcode } from "@mcap/core";
import { LogFormatError } from "./bytes.ts";
import { indexAttachment } from "./channels.ts";
import type { FileBytes } from "./file-bytes.ts";
import { magicBytes, recordAt, recordHeadBytes, textAt, u64At } from "./records.ts";
import { decodeIndex, indexLength, indexTailBytes, type SeekIndex } from "./seek-index.ts";

const footerBytes = recordHeadBytes + 8 + 8 + 4;
const dataEndBytes = recordHeadBytes + 4;
const crcBytes = 4;
/** Attachment record before its data: times, name, media type, length. */
const attachmentHeadBytes =
  recordHeadBytes + 8 + 8 + 4 + indexAttachment.length + 4 + "application/octet-stream".length + 8;

/**
 * The seek index that a file ends with, found from its end in three reads; null when the file has no end, or one that is
 * damaged.
 */
export const readWrittenIndex = (bytes: FileBytes): SeekIndex | null => {
  try {
    const footerAt = bytes.size - magicBytes - footerBytes;
    const footer = bytes.read(footerAt, footerBytes);
    if (recordAt(footer, 0).opcode !== Opcode.FOOTER) return null;
    const dataEnd = u64At(footer, recordHeadBytes) - dataEndBytes - crcBytes;
    const tail = bytes.read(dataEnd - indexTailBytes, indexTailBytes);
    const length = tail.length === indexTailBytes ? indexLength(tail) : 0;
    const at = dataEnd - length - attachmentHeadBytes;
    if (length === 0 || at < magicBytes) return null;
    const record = bytes.read(at, attachmentHeadBytes + length + crcBytes);
    const { opcode, length: content } = recordAt(record, 0);
    if (opcode !== Opcode.ATTACHMENT || content !== record.length - recordHeadBytes) return null;
    if (textAt(record, recordHeadBytes + 16).text !== indexAttachment) return null;
    const end = record.length - crcBytes;
    const crc = new DataView(record.buffer, record.byteOffset).getUint32(end, true);
    if (crc !== crc32(record.subarray(recordHeadBytes, end))) return null;
    const index = decodeIndex(record.subarray(attachmentHeadBytes, end));
    return isPlausible(index, at) ? index : null;
  } catch (error) {
    if (error instanceof LogFormatError) return null;
    throw error;
  }
};

/** What it names lies in the file, in order: a reader that trusts it asks for nothing else. */
const isPlausible = ({ count, offset, timeMs, bytes }: SeekIndex, end: number): boolean => {
  for (let chunk = 0; chunk < count; chunk++) {
    const next = chunk + 1 < count ? offset[chunk + 1]! : end;
    if (!(offset[chunk]! + bytes[chunk]! <= next)) return false;
    if (chunk > 0 && !(timeMs[chunk]! >= timeMs[chunk - 1]!)) return false;
  }
  return true;
};
