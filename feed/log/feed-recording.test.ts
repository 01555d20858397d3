import { createServer } from "node:net";
import { Aedes } from "aedes";
import { expect, test, vi } from "vitest";
import { brokerAt } from "#feed/contract/config.ts";
import { startFeed } from "#feed/service.ts";
import { testSession } from "#feed/session.fixture.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { TwinFiles } from "#twins/model/twin.ts";
import { openLog } from "./log.ts";
import { withDirectory } from "./recording.fixture.ts";

const racks = 40;
const never = Number.POSITIVE_INFINITY;
const patience = { timeout: 20_000, interval: 100 };

test(
  "what a plant publishes is in the recording, with its times, its twin and what became of its broker",
  () =>
    withDirectory(async (directory) => {
      const aedes = await Aedes.createBroker();
      const server = createServer(aedes.handle);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      const publish = (topic: string, message: object, retain = false): Promise<void> =>
        new Promise((resolve, reject) => {
          const packet = { cmd: "publish", topic, qos: 0, retain, dup: false } as const;
          aedes.publish({ ...packet, payload: JSON.stringify(message) }, (error) =>
            error ? reject(error) : resolve(),
          );
        });
      const feed = startFeed(
        testSession({
          brokers: [brokerAt(`mqtt://127.0.0.1:${port}`)],
          racks,
          record: { directory, roll: { bytes: never, ms: never }, keep: { bytes: never, ageMs: never } },
        }),
      );
      try {
        await vi.waitFor(() => expect(feed.status()?.source.state).toBe("live"), patience);
        const path = "Rack/RackPower/plant-a/r3";
        const { files } = await twinOf(directory);
        const rack = loadTwin(files, { racks }).table("rack").idOf(3);
        await publish(`BMS/v1/PUB/Metadata/${path}`, { rackLocationId: rack, engUnit: "kW" }, true);
        const sent: [number, number][] = [];
        for (const value of [7.25, 7.5, 9]) {
          const timestamp = Date.now();
          sent.push([timestamp, value]);
          await publish(`BMS/v1/PUB/Value/${path}`, { value, timestamp, quality: 1 });
          const before = feed.status()?.recording?.bytes ?? 0;
          await vi.waitFor(() => expect(feed.status()!.recording!.bytes).toBeGreaterThan(before), patience);
        }
        expect(feed.status()!.recording).toMatchObject({
          stopped: null,
          file: expect.stringMatching(/Z\.mcap$/),
        });
        await feed.close();
        const log = openLog([directory]);
        if (!log.ok) throw new Error(log.error.message);
        const { startMs, endMs } = log.value;
        const ask = { className: "rack", row: 3, metric: "power", fromMs: startMs, toMs: endMs };
        const { sampleTimeMs, value } = log.value.range(ask);
        const found = new Map(sampleTimeMs.map((timeMs, i) => [timeMs, value[i]]));
        // A value that was overtaken within its second is not kept; the last one is.
        expect(found.get(sent.at(-1)![0])).toBe(9);
        for (const [timeMs, was] of found) expect(sent).toContainEqual([timeMs, was]);
        expect(log.value.files[0]!.mended).toBeNull();
        const codes = log.value.events(startMs, endMs).map(({ code, to }) => `${code} ${to ?? ""}`);
        expect(codes).toContain("recording-begins ");
        log.value.close();
      } finally {
        await feed.close();
        server.close();
        await new Promise<void>((resolve) => aedes.close(resolve));
      }
    }),
  90_000,
);

/** The twin as the recording carries it. */
const twinOf = (directory: string): Promise<{ readonly files: TwinFiles }> =>
  vi.waitFor(() => {
    const log = openLog([directory]);
    if (!log.ok) throw new Error(log.error.message);
    const text = log.value.files[0]!.twin();
    log.value.close();
    return JSON.parse(text!) as { readonly files: TwinFiles };
  }, patience);
