import { statSync } from "node:fs";
import { crc32 } from "node:zlib";
import { Opcode } from "@mcap/core";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { ByteSource, LogFormatError } from "./bytes.ts";
import { formatVersion, metadataName, twinAttachment } from "./channels.ts";
import { type FileBytes, openBytes } from "./file-bytes.ts";
import type { ClassLayout } from "./layout.ts";
import { type Mended, Mender } from "./mend.ts";
import { magicBytes, recordAt, recordHeadBytes, textAt, u64At } from "./records.ts";
import type { SeekIndex } from "./seek-index.ts";
import { readWrittenIndex } from "./written-index.ts";

/** One file of a log, open for reading. */
export interface LogFile {
  readonly path: string;
  /** When it was begun, ms UTC. */
  readonly startMs: number;
  /** Version of the product that wrote it. */
  readonly product: string;
  /** Logged classes, in the order of their channels. */
  readonly layouts: readonly ClassLayout[];
  /** Its chunks; more of them after `grow`. */
  readonly index: SeekIndex;
  /** What was not whole, when something was not; also of a file that is still being written. */
  readonly mended: Mended | null;
  /** It has no end: it may be being written. */
  readonly isOpen: boolean;
  /** Takes what was written since. @returns true when there is news */
  grow(): boolean;
  readonly bytes: FileBytes;
  /** The twin, as the JSON text that was attached; null when it is lost. */
  twin(): string | null;
}

/** Why a log cannot be read; texts and tips in other languages by code. */
const problem = (code: string, path: string, [message, tip]: readonly [string, string]): Problem => ({
  code,
  message: `${path}: ${message}`,
  tip,
  file: path,
});

/** Opens one file. A torn one opens with what is whole, and says what is not. */
export const openLogFile = (path: string): Result<LogFile> => {
  let bytes: FileBytes | null = null;
  try {
    // A pipe would be waited for without end, and a device is no recording.
    if (!statSync(path).isFile())
      return err(problem("log-unreadable", path, ["this is no ordinary file", "Choose a .mcap file."]));
    bytes = openBytes(path);
    const file = readFile(path, bytes);
    if (file.ok) return file;
    bytes.close();
    return file;
  } catch (error) {
    bytes?.close();
    if (error instanceof LogFormatError)
      return err(
        problem("log-damaged", path, [
          error.message,
          "Its beginning is damaged: there is no other copy of it.",
        ]),
      );
    if (error instanceof Error && "code" in error)
      return err(problem("log-unreadable", path, [error.message, "Check the path and who may read it."]));
    throw error;
  }
};

const magic = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a];

const readFile = (path: string, bytes: FileBytes): Result<LogFile> => {
  const start = bytes.read(0, magicBytes);
  if (bytes.size === 0)
    return err(
      problem("log-empty", path, ["the file is empty", "Recording ended before it began: delete it."]),
    );
  if (!magic.every((byte, i) => start[i] === byte))
    return err(
      problem("log-not-mcap", path, [
        "this is no MCAP file",
        "Choose a .mcap file that this product recorded.",
      ]),
    );
  const head = readHead(bytes);
  if (head.version === null)
    return err(
      problem("log-not-ours", path, [
        "an MCAP file of another product",
        "Choose one that this product recorded.",
      ]),
    );
  if (head.version > formatVersion)
    return err(
      problem("log-newer", path, [
        `recorded in format ${head.version}; this version reads up to ${formatVersion}`,
        "Open it with a newer version of the product.",
      ]),
    );
  const written = readWrittenIndex(bytes);
  const mender = written ? null : new Mender(bytes, head.dataAt);
  mender?.run();
  const { startMs, product, layouts, twinAt } = head;
  return ok({
    path,
    startMs,
    product,
    layouts,
    get index() {
      return written ?? mender!.index;
    },
    mended: mender,
    get isOpen() {
      return mender !== null && !mender.hasEnd;
    },
    grow: () => mender?.grow() ?? false,
    bytes,
    twin: () => (twinAt === null ? null : readTwin(bytes, twinAt)),
  });
};

interface Head {
  /** Null when the file says nothing of us. */
  version: number | null;
  startMs: number;
  product: string;
  readonly layouts: ClassLayout[];
  /** Checksum of the schemas and channels, and where they begin. */
  layoutCrc: number;
  layoutAt: number;
  /** Where the twin's attachment record is. */
  twinAt: number | null;
  /** Where the first chunk is, or would be. */
  dataAt: number;
}

/** Enough for all that stands before the twin. */
const frontBytes = 256 * 1024;

/** Reads what stands before the first chunk. @throws LogFormatError where that is damaged */
const readHead = (bytes: FileBytes): Head => {
  const head: Head = {
    layoutCrc: 0,
    layoutAt: 0,
    version: null,
    startMs: 0,
    product: "",
    layouts: [],
    twinAt: null,
    dataAt: magicBytes,
  };
  let front = bytes.read(0, frontBytes);
  for (let at = magicBytes; at < bytes.size; ) {
    if (front.length < bytes.size && at + recordHeadBytes > front.length) break;
    const { opcode, length } = recordAt(front, at);
    const end = at + recordHeadBytes + length;
    if (opcode === Opcode.CHUNK || opcode === Opcode.DATA_END) break;
    if (opcode === Opcode.ATTACHMENT) {
      head.twinAt = at;
      head.dataAt = end;
      checkLayouts(head, front.subarray(head.layoutAt, at));
      return head;
    }
    if (end > front.length) {
      if (end > bytes.size) throw new LogFormatError(`record at ${at} ends past the file`);
      front = bytes.read(0, end + frontBytes);
    }
    readHeadRecord(head, opcode, front.subarray(at + recordHeadBytes, end));
    at = end;
    head.dataAt = end;
    if (opcode === Opcode.METADATA) head.layoutAt = end;
  }
  // Another product's file ends its beginning as it likes.
  if (head.version !== null) throw new LogFormatError("expected the twin before the first chunk, found none");
  return head;
};

const checkLayouts = ({ version, layoutCrc }: Head, bytes: Uint8Array): void => {
  if (version === null || version > formatVersion) return;
  const crc = crc32(bytes);
  if (crc !== layoutCrc)
    throw new LogFormatError(`expected the layouts' checksum ${layoutCrc}, found ${crc}`);
};

const readHeadRecord = (head: Head, opcode: number, content: Uint8Array): void => {
  if (opcode === Opcode.METADATA) {
    const name = textAt(content, 0);
    if (name.text !== metadataName) return;
    const facts = readMap(content, name.next);
    head.version = Number(facts.get("formatVersion") ?? Number.NaN);
    head.startMs = Number(facts.get("startMs"));
    head.product = facts.get("product") ?? "";
    head.layoutCrc = Number(facts.get("layoutCrc"));
    if (!Number.isInteger(head.version)) throw new LogFormatError("expected a format version, found none");
  } else if (opcode === Opcode.CHANNEL) {
    const topic = textAt(content, 4);
    if (!topic.text.startsWith("state/key/")) return;
    const layout = readMap(content, textAt(content, topic.next).next).get("layout");
    head.layouts.push(parseLayout(layout ?? ""));
  }
};

const readMap = (content: Uint8Array, at: number): ReadonlyMap<string, string> => {
  const source = new ByteSource(content, at);
  const end = source.u32() + at + 4;
  const map = new Map<string, string>();
  for (let next = at + 4; next < end; ) {
    const key = textAt(content, next);
    const value = textAt(content, key.next);
    map.set(key.text, value.text);
    next = value.next;
  }
  return map;
};

/** Rows × columns of all campuses we know stay far below; a damaged layout asks for no more memory than this. */
const mostCells = 50_000_000;

const parseLayout = (text: string): ClassLayout => {
  let layout: ClassLayout;
  try {
    layout = JSON.parse(text) as ClassLayout;
  } catch {
    throw new LogFormatError("expected the layout of a class, found no JSON");
  }
  const { rows, columns, name, index } = layout;
  const isWhole =
    typeof name === "string" &&
    Number.isInteger(index) &&
    Number.isInteger(rows) &&
    Array.isArray(columns) &&
    columns.every((column) => typeof column?.id === "string" && Number.isFinite(column.resolution)) &&
    rows >= 0 &&
    rows * columns.length <= mostCells;
  if (!isWhole) throw new LogFormatError("expected the layout of a class, found other JSON");
  return layout;
};

const readTwin = (bytes: FileBytes, at: number): string | null => {
  try {
    const record = recordAt(bytes.read(at, recordHeadBytes), 0);
    const content = bytes.read(at + recordHeadBytes, record.length);
    const name = textAt(content, 16);
    const dataAt = textAt(content, name.next).next + 8;
    const length = u64At(content, dataAt - 8);
    const end = dataAt + length;
    if (name.text !== twinAttachment || end + 4 !== content.length) return null;
    const crc = new DataView(content.buffer, content.byteOffset).getUint32(end, true);
    if (crc !== crc32(content.subarray(0, end))) return null;
    return new TextDecoder().decode(content.subarray(dataAt, end));
  } catch (error) {
    if (error instanceof LogFormatError) return null;
    throw error;
  }
};
