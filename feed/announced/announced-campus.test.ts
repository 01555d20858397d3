import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryPair } from "#feed/bridge/transports.ts";
import { type BridgeError, type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import { brokerAt, type SessionConfig } from "#feed/contract/config.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { createCore, type FeedCore } from "#feed/ingest/core.ts";
import { testSession } from "#feed/session.fixture.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { EdgeStation, type Metric, type SentMessage } from "#feed/wire/sparkplug.fixture.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { emptyAnnounced } from "./announced-campus.ts";
import { openAnnounced } from "./open-announced.ts";

const patience = { timeout: 20_000 };

let aedes: Aedes;
let port = 0;
let stopBroker: () => Promise<void>;
let folder: string;
let core: FeedCore;
let bridge: ConnectedBridge;
let status: FeedStatus | null;

const publish = (topic: string, message: object, retain = false): Promise<void> =>
  new Promise((resolve, reject) => {
    const payload = Buffer.from(JSON.stringify(message));
    aedes.publish({ cmd: "publish", topic, payload, qos: 0, retain, dup: false }, (error) =>
      error ? reject(error) : resolve(),
    );
  });

const send = ({ topic, payload }: SentMessage): Promise<void> =>
  new Promise((resolve, reject) => {
    const packet = {
      cmd: "publish",
      topic,
      payload: Buffer.from(payload),
      qos: 0,
      retain: false,
      dup: false,
    } as const;
    aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
  });

const rackId = (rack: number): string => `B1/R1/ROW1/K${String(rack).padStart(2, "0")}`;
const announceRack = (rack: number): Promise<void> =>
  publish(
    `BMS/v1/PUB/Metadata/Rack/RackPower/${rackId(rack)}`,
    { rackLocationId: rackId(rack), rackLocationName: `Rack ${rack}`, engUnit: "kW" },
    true,
  );
const sendPower = (rack: number, value: number): Promise<void> =>
  publish(`BMS/v1/PUB/Value/Rack/RackPower/${rackId(rack)}`, { value, timestamp: Date.now(), quality: 1 });

const configOf = (saveDirectory: string | null): SessionConfig =>
  testSession({ brokers: [brokerAt(`mqtt://127.0.0.1:${port}`)], announced: true, saveDirectory });

const start = async (saveDirectory: string | null): Promise<void> => {
  status = null;
  const announced = await openAnnounced(configOf(saveDirectory), {
    edits: null,
    onEdits: () => {},
    log: () => {},
  });
  core = createCore({
    config: configOf(saveDirectory),
    ...emptyAnnounced(),
    announced,
    onStatus: (now) => {
      status = now;
    },
    log: () => {},
  });
  bridge = connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    retryMs: () => 20,
    open: async () => {
      const [near, far] = memoryPair();
      core.bridge.connect(far);
      return near;
    },
  });
};

const stop = async (): Promise<void> => {
  bridge?.close();
  await core?.close();
};

beforeEach(async () => {
  aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
  stopBroker = async () => {
    server.close();
    await new Promise<void>((resolve) => aedes.close(resolve));
  };
  folder = await mkdtemp(join(tmpdir(), "horinger-announced-"));
});

afterEach(async () => {
  await stop();
  await stopBroker();
  await rm(folder, { recursive: true });
});

const described = async (): Promise<Twin> => {
  const { twin } = await bridge.request("session.describe", {});
  return loadTwin(twin.files, twin.options);
};

const laidOut = (racks: number): Promise<Twin> =>
  vi.waitFor(async () => {
    const twin = await described();
    expect(twin.table("rack").count).toBe(racks);
    return twin;
  }, patience);

const powerOf = async (rack: number | string) => {
  const twin = await described();
  const externalId = typeof rack === "string" ? rack : rackId(rack);
  const ref = twin.aliases.get(externalId);
  if (!ref) throw new Error(`${externalId} is not laid out`);
  return bridge.request("point.detail", { ...ref, metric: "power" });
};

test("nothing is shown before it was announced; then the racks stand, with values that came before they did", async () => {
  await start(null);
  await vi.waitFor(() => expect(status).toMatchObject({ source: { state: "live" } }), patience);
  expect(status!.announced).toEqual({ points: 0, beyond: 0, isLaidOut: false });
  expect((await described()).table("rack").count).toBe(0);
  for (const rack of [1, 2, 3]) {
    await announceRack(rack);
    await sendPower(rack, rack + 0.5);
  }
  await laidOut(3);
  await vi.waitFor(async () => {
    expect(await powerOf(2)).toMatchObject({ value: 2.5, freshness: "fresh", quality: "good" });
  }, patience);
  await vi.waitFor(
    () => expect(status?.announced).toEqual({ points: 3, beyond: 0, isLaidOut: true }),
    patience,
  );
  // Heard once: neither the metadata nor the values count as faults.
  expect(status!.faults.byCode).toEqual({});
});

test("a campus that grows keeps its values, and shows what newcomers sent before they had a place", async () => {
  for (const rack of [1, 2]) await announceRack(rack);
  await start(null);
  await laidOut(2);
  await sendPower(1, 7.25);
  await vi.waitFor(async () => expect((await powerOf(1))!.value).toBe(7.25), patience);
  const before = await powerOf(1);
  await announceRack(3);
  await sendPower(3, 9.75);
  await laidOut(3);
  expect(await powerOf(1)).toMatchObject({
    value: 7.25,
    sampleTimeMs: before!.sampleTimeMs,
    topic: before!.topic,
    quality: "good",
  });
  expect((await powerOf(3))!.value).toBe(9.75);
  await sendPower(2, 1.25);
  await vi.waitFor(async () => expect((await powerOf(2))!.value).toBe(1.25), patience);
}, 40_000);

test("what is renamed and moved stays so through growth, saving and a new start", async () => {
  const directory = join(folder, "twin");
  await announceRack(1);
  await start(directory);
  const twin = await laidOut(1);
  const room = twin.parentOf(twin.parentOf(twin.aliases.get(rackId(1))!)!)!;
  const id = twin.idOf(room);
  await bridge.request("twin.edit", { edits: [{ id, name: { zh: "一号机房", en: "Hall one" } }] });
  const nameNow = async (): Promise<unknown> => {
    const now = await described();
    return now.table(room.className).nameOf(now.find(id)!.row);
  };
  await vi.waitFor(async () => expect(await nameNow()).toEqual({ zh: "一号机房", en: "Hall one" }), patience);
  const saved = await bridge.request("twin.save", {});
  expect(saved.directory).toBe(directory);
  expect((await readdir(directory)).length).toBe(saved.files);
  expect(loadTwin(await readTwinDirectory(directory)).problems).toEqual([]);
  await stop();
  await start(directory);
  await laidOut(1);
  expect(await nameNow()).toEqual({ zh: "一号机房", en: "Hall one" });
});

test("births announce too; a rebuild neither ends a session nor loses what newcomers sent", async () => {
  await start(null);
  await vi.waitFor(() => expect(status).toMatchObject({ source: { state: "live" } }), patience);
  const node = new EdgeStation("B1", "R1", Date.now());
  const metric = (name: string, alias: number, value: number): Metric => ({
    name,
    alias,
    value,
    type: "Double",
    timestamp: Date.now(),
    properties: { engUnit: { type: "String", value: name === "power" ? "kW" : "Cel" } },
  });
  const rackMetrics = (rack: number, power: number): readonly Metric[] => [
    metric("power", rack * 10, power),
    metric("inletTemperature", rack * 10 + 1, 22),
  ];
  const data = (rack: number, power: number): Promise<void> =>
    send(
      node.deviceData(`K${rack}`, [
        { alias: rack * 10, value: power, type: "Double", timestamp: Date.now() },
      ]),
    );
  const shows = (rack: number, value: number): Promise<void> =>
    vi.waitFor(async () => {
      expect(await powerOf(`B1/R1/K${rack}`)).toMatchObject({ value, freshness: "fresh", quality: "good" });
    }, patience);
  await send(node.nodeBirth());
  await send(node.deviceBirth("K1", rackMetrics(1, 1.5)));
  await data(1, 1.75);
  await shows(1, 1.75);
  await send(node.deviceBirth("K2", rackMetrics(2, 2.5)));
  await data(2, 2.75);
  await data(1, 1.875);
  await shows(2, 2.75);
  await shows(1, 1.875);
  await data(1, 1.25);
  await shows(1, 1.25);
  // No message was lost, none came twice, none was of a session that nobody knows.
  expect(status!.faults.byCode["sequence-gap"]).toBeUndefined();
  expect(status!.faults.byCode["duplicate"]).toBeUndefined();
  expect(status!.faults.byCode["birth-missing"]).toBeUndefined();
  expect(status!.publishers.map(({ state }) => state)).not.toContain("gone");
}, 40_000);

test("an edit of what is not there is refused with its reason; so is saving without a place", async () => {
  await announceRack(1);
  await start(null);
  await laidOut(1);
  const refusal = (asked: Promise<unknown>): Promise<string | undefined> =>
    asked.then(
      () => "done",
      (error: BridgeError) => error.problem?.code,
    );
  expect(await refusal(bridge.request("twin.edit", { edits: [{ id: "no/such", yawDeg: 1 }] }))).toBe(
    "edit-asset-unknown",
  );
  expect(await refusal(bridge.request("twin.save", {}))).toBe("save-nowhere");
});
