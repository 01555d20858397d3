import { open } from "node:fs/promises";
import { join } from "node:path";
import { McapIndexedReader, McapWriter } from "@mcap/core";
import { gauss, random } from "./seek-workload.ts";

/** Racks and time of the slice: the whole would take hours to write. */
const slice = { racks: 500, hours: 1 } as const;
const metrics = 8;
/** A rack of eight points sends when one of them changes. */
const sendShare = 1 - 0.99 ** metrics;
const seeks = 10;
const startMs = Date.UTC(2026, 6, 1);

const nanos = (timeMs: number): bigint => BigInt(Math.floor(timeMs)) * 1_000_000n;

const writeSlice = async (path: string): Promise<void> => {
  const file = await open(path, "w");
  let position = 0;
  const writer = new McapWriter({
    writable: {
      position: () => BigInt(position),
      write: async (bytes) => {
        await file.write(bytes);
        position += bytes.length;
      },
    },
  });
  await writer.start();
  const schemaId = await writer.registerSchema({ name: "rack", encoding: "", data: new Uint8Array() });
  const channels: number[] = [];
  for (let rack = 0; rack < slice.racks; rack++) {
    const channel = { schemaId, topic: `rack/${rack}`, messageEncoding: "f32", metadata: new Map() };
    channels.push(await writer.registerChannel(channel));
  }
  for (let second = 0; second < slice.hours * 3600; second++)
    for (const channelId of channels) {
      if (second > 0 && random() > sendShare) continue;
      const logTime = nanos(startMs + second * 1000 + random() * 1000);
      const data = new Uint8Array(Float32Array.from({ length: metrics }, gauss).buffer);
      await writer.addMessage({ channelId, sequence: second, logTime, publishTime: logTime, data });
    }
  await writer.end();
  await file.close();
};

/** Last message of every rack at a moment: backwards until all were seen, the best that the stock reader offers. */
const seekOnce = async (reader: McapIndexedReader, timeMs: number): Promise<number> => {
  const beganMs = performance.now();
  const seen = new Set<number>();
  for await (const { channelId } of reader.readMessages({ endTime: nanos(timeMs), reverse: true })) {
    seen.add(channelId);
    if (seen.size === slice.racks) break;
  }
  return performance.now() - beganMs;
};

/** Median time of a state by the stock reader, scaled from the slice's racks to all. */
export const measureBaseline = async (
  directory: string,
  racks: number,
): Promise<{ readonly seekMs: number; readonly slice: string }> => {
  const path = join(directory, "baseline.mcap");
  await writeSlice(path);
  const file = await open(path);
  const { size } = await file.stat();
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(size),
      read: async (offset, length) => {
        const bytes = new Uint8Array(Number(length));
        await file.read(bytes, 0, bytes.length, Number(offset));
        return bytes;
      },
    },
  });
  const times: number[] = [];
  for (let i = 0; i < seeks; i++)
    times.push(await seekOnce(reader, startMs + (0.3 + 0.6 * random()) * slice.hours * 3_600_000));
  await file.close();
  const median = times.toSorted((a, b) => a - b)[Math.floor(seeks / 2)]!;
  return {
    seekMs: (median * racks) / slice.racks,
    slice: `${slice.racks} racks, ${slice.hours} h, one channel a rack; scaled by ${racks / slice.racks}`,
  };
};
