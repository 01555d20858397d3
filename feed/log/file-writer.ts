import { crc32 } from "node:zlib";
import {
  type AttachmentIndex,
  type ChunkIndex,
  McapChunkBuilder,
  McapRecordBuilder,
  type MetadataIndex,
  Opcode,
} from "@mcap/core";
import {
  channelsOf,
  formatVersion,
  indexAttachment,
  metadataName,
  schemas,
  twinAttachment,
} from "./channels.ts";
import { ChunkCompressor } from "./compression.ts";
import type { ClassLayout } from "./layout.ts";
import { encodeIndex, IndexBuilder } from "./seek-index.ts";

/** Where a file's bytes go. Every method may throw the file system's error. */
export interface FileSink {
  write(bytes: Uint8Array): void;
  /** Has what was written brought to where it survives a loss of power; does not wait for it. */
  sync(): void;
  /** Returns when all of it is there. */
  close(): void;
}

/** What a file says of itself at its beginning. */
export interface FileHead {
  readonly startMs: number;
  /** Version of the product. */
  readonly product: string;
  readonly layouts: readonly ClassLayout[];
  /** Files of the twin and what it was expanded with, as JSON text. */
  readonly twin: string;
}

const nanos = (timeMs: number): bigint => BigInt(Math.round(timeMs)) * 1_000_000n;

const text = new TextEncoder();

/** Writes what the messages are, and returns it: the layouts decide what every number means, so they have a checksum. */
const describe = (records: McapRecordBuilder, layouts: readonly ClassLayout[]): Uint8Array => {
  for (const schema of schemas) records.writeSchema(schema);
  for (const channel of channelsOf(layouts)) records.writeChannel(channel);
  return records.buffer;
};

/**
 * Writes one MCAP file, chunk by chunk. What `@mcap/core`'s own writer cannot do is end a chunk when a second ends; its
 * record and chunk builders can (docs/decisions/0004-black-box.md).
 */
export class FileWriter {
  /** Bytes written. */
  bytes = 0;
  readonly #sink: FileSink;
  readonly #head: FileHead;
  readonly #records = new McapRecordBuilder();
  readonly #chunk = new McapChunkBuilder({ useMessageIndex: true });
  readonly #index = new IndexBuilder();
  readonly #compressor = new ChunkCompressor();
  readonly #chunks: ChunkIndex[] = [];
  readonly #attachments: AttachmentIndex[] = [];
  readonly #metadata: MetadataIndex[] = [];
  readonly #counts = new Map<number, bigint>();
  #sequence = 0;
  #messages = 0n;
  #dataCrc = 0;
  #firstMs = 0;
  #lastMs = 0;

  /** Writes the beginning of the file. */
  constructor(sink: FileSink, head: FileHead) {
    this.#sink = sink;
    this.#head = head;
    const records = this.#records;
    records.writeMagic();
    records.writeHeader({ profile: "horinger", library: `horinger-twin ${head.product}` });
    const metadata = new Map([
      ["formatVersion", String(formatVersion)],
      ["product", head.product],
      ["startMs", String(head.startMs)],
      ["layoutCrc", String(crc32(describe(new McapRecordBuilder(), head.layouts)))],
    ]);
    const offset = BigInt(records.length);
    const length = records.writeMetadata({ name: metadataName, metadata });
    this.#metadata.push({ name: metadataName, offset, length });
    this.#flush();
    describe(records, head.layouts);
    this.#flush();
    this.#attach(twinAttachment, "application/json", text.encode(head.twin));
  }

  /** Bytes of the messages that wait for the end of their chunk. */
  get waitingBytes(): number {
    return this.#chunk.byteLength;
  }

  /** Adds a message to the chunk. `data` is copied. */
  add(channelId: number, data: Uint8Array, timeMs: number): void {
    const logTime = nanos(timeMs);
    const sequence = this.#sequence++;
    this.#chunk.addMessage({ channelId, sequence, logTime, publishTime: logTime, data });
    this.#counts.set(channelId, (this.#counts.get(channelId) ?? 0n) + 1n);
    this.#messages++;
  }

  /** Ends the chunk, and writes it. @returns its bytes in the file; 0 when there is nothing in it */
  endChunk({ timeMs, kind }: { readonly timeMs: number; readonly kind: number }): number {
    if (this.#chunk.numMessages === 0) return 0;
    if (this.#firstMs === 0) this.#firstMs = timeMs;
    this.#lastMs = timeMs;
    const offset = this.bytes;
    const length = this.#writeChunk(nanos(timeMs));
    const written = this.#flush();
    this.#index.add({ offset, timeMs, bytes: length, kind });
    return written;
  }

  /** Puts the chunk, its message indexes and its place into the record builder and the summary. */
  #writeChunk(logTime: bigint): number {
    const records = this.#records;
    const plain = this.#chunk.buffer;
    const compressed = this.#compressor.compress(plain);
    const chunkLength = records.writeChunk({
      messageStartTime: logTime,
      messageEndTime: logTime,
      uncompressedSize: BigInt(plain.length),
      uncompressedCrc: crc32(plain),
      ...compressed,
    });
    const messageIndexOffsets = new Map<number, bigint>();
    const indexStart = records.length;
    for (const index of this.#chunk.indices) {
      messageIndexOffsets.set(index.channelId, BigInt(this.bytes + records.length));
      records.writeMessageIndex(index);
    }
    this.#chunks.push({
      messageStartTime: logTime,
      messageEndTime: logTime,
      chunkStartOffset: BigInt(this.bytes),
      chunkLength,
      messageIndexOffsets,
      messageIndexLength: BigInt(records.length - indexStart),
      compression: compressed.compression,
      compressedSize: BigInt(compressed.records.length),
      uncompressedSize: BigInt(plain.length),
    });
    this.#chunk.reset();
    return Number(chunkLength);
  }

  sync(): void {
    this.#sink.sync();
  }

  /** Writes index and summary, and closes the file. */
  finish(): void {
    this.#attach(indexAttachment, "application/octet-stream", encodeIndex(this.#index.index));
    this.#records.writeDataEnd({ dataSectionCrc: this.#dataCrc });
    const summaryAt = this.bytes + this.#records.length;
    this.#flush();
    this.#summary(summaryAt);
    this.#sink.close();
  }

  /** Closes the file as it is; a reader repairs it. */
  abandon(): void {
    this.#sink.close();
  }

  #attach(name: string, mediaType: string, data: Uint8Array): void {
    const offset = BigInt(this.bytes);
    const logTime = nanos(this.#head.startMs);
    const length = this.#records.writeAttachment({ name, mediaType, logTime, createTime: logTime, data });
    const dataSize = BigInt(data.length);
    this.#attachments.push({ name, mediaType, logTime, createTime: logTime, offset, length, dataSize });
    this.#flush();
  }

  /** Writes what the record builder holds. */
  #flush(): number {
    const bytes = this.#records.buffer;
    this.#sink.write(bytes);
    this.#dataCrc = crc32(bytes, this.#dataCrc);
    this.#records.reset();
    this.bytes += bytes.length;
    return bytes.length;
  }

  #summary(start: number): void {
    const records = this.#records;
    const groups: { readonly opcode: number; readonly at: number; readonly length: number }[] = [];
    const group = (opcode: number, write: () => void): void => {
      const at = records.length;
      write();
      if (records.length > at) groups.push({ opcode, at: start + at, length: records.length - at });
    };
    const channels = channelsOf(this.#head.layouts);
    group(Opcode.SCHEMA, () => {
      for (const schema of schemas) records.writeSchema(schema);
    });
    group(Opcode.CHANNEL, () => {
      for (const channel of channels) records.writeChannel(channel);
    });
    group(Opcode.STATISTICS, () =>
      records.writeStatistics({
        messageCount: this.#messages,
        schemaCount: schemas.length,
        channelCount: channels.length,
        attachmentCount: this.#attachments.length,
        metadataCount: this.#metadata.length,
        chunkCount: this.#chunks.length,
        messageStartTime: nanos(this.#firstMs),
        messageEndTime: nanos(this.#lastMs),
        channelMessageCounts: this.#counts,
      }),
    );
    group(Opcode.METADATA_INDEX, () => {
      for (const each of this.#metadata) records.writeMetadataIndex(each);
    });
    group(Opcode.ATTACHMENT_INDEX, () => {
      for (const each of this.#attachments) records.writeAttachmentIndex(each);
    });
    group(Opcode.CHUNK_INDEX, () => {
      for (const each of this.#chunks) records.writeChunkIndex(each);
    });
    const offsetsAt = start + records.length;
    for (const { opcode, at, length } of groups)
      records.writeSummaryOffset({
        groupOpcode: opcode,
        groupStart: BigInt(at),
        groupLength: BigInt(length),
      });
    this.#footer(start, offsetsAt);
  }

  #footer(summaryStart: number, summaryOffsetStart: number): void {
    const head = new DataView(new ArrayBuffer(25));
    head.setUint8(0, Opcode.FOOTER);
    head.setBigUint64(1, 20n, true);
    head.setBigUint64(9, BigInt(summaryStart), true);
    head.setBigUint64(17, BigInt(summaryOffsetStart), true);
    const summaryCrc = crc32(new Uint8Array(head.buffer), crc32(this.#records.buffer));
    this.#records.writeFooter({
      summaryStart: BigInt(summaryStart),
      summaryOffsetStart: BigInt(summaryOffsetStart),
      summaryCrc,
    });
    this.#records.writeMagic();
    this.#flush();
  }
}
