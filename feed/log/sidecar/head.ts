import { crc32 } from "node:zlib";
import { ByteSink, ByteSource, LogFormatError } from "#feed/log/bytes.ts";
import type { FileBytes } from "#feed/log/file-bytes.ts";
import type { LogFile } from "#feed/log/log-file.ts";

/** What a sidecar belongs to: a file that was touched since is another one. */
export interface FileKey {
  readonly bytes: number;
  readonly chunks: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export const keyOf = ({ bytes, index }: LogFile): FileKey => ({
  bytes: bytes.size,
  chunks: index.count,
  fromMs: index.timeMs[0]!,
  toMs: index.timeMs[index.count - 1]!,
});

/** One column: where its rows' offsets are in the file. */
export interface ColumnHead {
  readonly id: string;
  readonly resolution: number;
  /** Of the first row's record. */
  readonly at: number;
  /** Of (rows + 1) × u32: where each row's record begins from `at` on, and where the last ends. */
  readonly rowsAt: number;
}

export interface ClassHead {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnHead[];
}

/** What stands at the end of a sidecar, as JSON. */
export interface SidecarHead {
  readonly key: FileKey;
  /** Widths of buckets, ms, widest first: the order in a row's record. */
  readonly steps: readonly number[];
  readonly classes: readonly ClassHead[];
}

/** Name of a recording's sidecar: beside it, this is added. */
export const sidecarSuffix = ".series";
/** Beginning of the file, and the end of it; the version is a part of both. */
const magic = 0x58535448;
const version = 1;
const frontBytes = 8;
const tailBytes = 16;

export const writeFront = (sink: ByteSink): void => {
  sink.u32(magic);
  sink.u32(version);
};

/** head as JSON · u32 its bytes · u32 its CRC-32 · u32 version · u32 magic */
export const encodeHead = (head: SidecarHead): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const sink = new ByteSink();
  sink.bytes.set(text, sink.reserve(text.length));
  for (const word of [text.length, crc32(text), version, magic]) sink.u32(word);
  return sink.written.slice();
};

/** @throws LogFormatError for what is no sidecar, or none that is whole */
export const readHead = (file: FileBytes): SidecarHead => {
  if (file.size < frontBytes + tailBytes)
    throw new LogFormatError(`expected a whole sidecar, found ${file.size} bytes`);
  const front = new ByteSource(file.read(0, frontBytes));
  const isOurs = front.u32() === magic && front.u32() === version;
  const tail = new ByteSource(file.read(file.size - tailBytes, tailBytes));
  const length = tail.u32();
  const crc = tail.u32();
  if (!isOurs || tail.u32() !== version || tail.u32() !== magic)
    throw new LogFormatError("expected a whole sidecar, found none");
  const text = file.read(file.size - tailBytes - length, length);
  if (text.length !== length || crc32(text) !== crc)
    throw new LogFormatError("expected the checksum of a sidecar's head, found another");
  return JSON.parse(new TextDecoder().decode(text)) as SidecarHead;
};
