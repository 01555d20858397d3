import { expect, test } from "vitest";
import { EdgeStation, type Metric } from "#feed/wire/sparkplug.fixture.ts";
import { createAnnouncements } from "./announcements.ts";
import { createBirthAnnouncements } from "./birth-announcement.ts";
import { bulkAnnouncements } from "./bulk-announcement.ts";
import { dsxAnnouncements } from "./dsx-announcement.ts";

const open = () => {
  let arrivals = 0;
  return createAnnouncements(
    [dsxAnnouncements, bulkAnnouncements, createBirthAnnouncements()],
    () => ++arrivals,
  );
};

const message = (topic: string, payload: string | Uint8Array) => ({
  topic,
  payload: typeof payload === "string" ? Buffer.from(payload) : payload,
  retained: true,
  receivedMs: 0,
});

const metadata = (topic: string, fields: object) =>
  message(`BMS/v1/PUB/Metadata/${topic}`, JSON.stringify(fields));

test("DSX metadata names asset, class, metric, and what it serves and belongs to", () => {
  const announcements = open();
  announcements.take(0, metadata("Rack/RackPower/x/1", { rackLocationId: "A-1", rackLocationName: "A 1" }));
  announcements.take(
    0,
    metadata("CDU/LiquidTemperature/x/2", {
      objectId: "CDU1",
      servesId: ["A-1"],
      processArea: ["Secondary", "Supply"],
    }),
  );
  announcements.take(0, metadata("Sensor/Sound/x/3", { associateId: "CDU1" }));
  const [cdu, rack, part] = announcements.all();
  expect(rack).toMatchObject({ externalId: "A-1", className: "rack", metric: "power", name: "A 1" });
  expect(cdu).toMatchObject({ externalId: "CDU1", className: "cdu", serves: ["A-1"] });
  // A sensor on a CDU does not make the CDU a sensor.
  expect(part).toMatchObject({ externalId: "CDU1", className: null, metric: null, associates: ["CDU1"] });
});

test("a setpoint and a single phase announce their asset, and no metric", () => {
  const announcements = open();
  announcements.take(0, metadata("Rack/RackPower/x/1", { rackLocationId: "A-1", isSetpoint: true }));
  announcements.take(0, metadata("Rack/RackPower/x/2", { rackLocationId: "A-1", phase: "A" }));
  expect(announcements.all().map(({ className, metric }) => [className, metric])).toEqual([
    ["rack", null],
    ["rack", null],
  ]);
});

test("an object type that several classes share names none", () => {
  const announcements = open();
  announcements.take(
    0,
    message("HT/v1/PUB/Metadata/GenericObject/ActivePower/x/1", JSON.stringify({ objectId: "T1" })),
  );
  expect(announcements.all()).toMatchObject([{ externalId: "T1", className: null, metric: "power" }]);
});

test("only what is new counts as news; what is withdrawn is gone", () => {
  const announcements = open();
  const said = metadata("Rack/RackPower/x/1", { rackLocationId: "A-1" });
  expect(announcements.take(0, said)).toBe(true);
  const { version } = announcements;
  announcements.take(0, said);
  announcements.take(0, metadata("Rack/RackPower/x/1", { rackLocationId: "A-1", engUnit: "kW" }));
  expect(announcements.version).toBe(version);
  announcements.take(0, metadata("Rack/RackPower/x/1", { rackLocationId: "A-2" }));
  expect(announcements.version).toBeGreaterThan(version);
  announcements.take(0, message(said.topic, ""));
  expect(announcements.points).toBe(0);
  expect(announcements.all()).toEqual([]);
});

test("the same topic of two brokers announces twice", () => {
  const announcements = open();
  for (const source of [0, 1])
    announcements.take(source, metadata("Rack/RackPower/x/1", { rackLocationId: `A-${source}` }));
  expect(announcements.all().map(({ externalId }) => externalId)).toEqual(["A-0", "A-1"]);
});

test("the layout of bulk frames announces its ids, with the metrics that are known here", () => {
  const announcements = open();
  const layout = { layout: 7, ids: ["A-1", "A-2", 3], metrics: ["power", "spin"] };
  announcements.take(0, message("HT/v1/PUB/BulkLayout/plant/rack", JSON.stringify(layout)));
  expect(announcements.all()).toMatchObject([
    { externalId: "A-1", className: "rack", metric: "power" },
    { externalId: "A-2", className: "rack", metric: "power" },
  ]);
});

const reading = (name: string, value = 1): Metric => ({ name, value, type: "Double", timestamp: 1 });

test("a birth announces its numbers, and nothing of its own controls; values that differ are no news", () => {
  const announcements = open();
  const node = new EdgeStation("B1", "R1", Date.now());
  const born = (value: number) => {
    const { topic, payload } = node.deviceBirth("K1", [
      reading("power", value),
      reading("Tray 3/inletTemperature", value),
      { name: "Node Control/Rebirth", value: false, type: "Boolean" },
      { name: "serial", value: "x", type: "String" },
    ]);
    return { topic, payload, retained: false, receivedMs: 0 };
  };
  expect(announcements.take(0, born(1))).toBe(true);
  expect(announcements.all().map(({ externalId, metric }) => [externalId, metric])).toEqual([
    ["B1/R1/K1", "power"],
    ["B1/R1/K1/Tray 3", "inletTemperature"],
  ]);
  const { version } = announcements;
  const again = born(2);
  announcements.take(0, again);
  expect(announcements.version).toBe(version);
  // Heard again it is the newest birth, byte for byte: its aliases hold.
  expect([...announcements.kept()[0]!.message.payload]).toEqual([...again.payload]);
});

test("a device that dies stays announced, and its death is heard again behind its birth", () => {
  const announcements = open();
  const node = new EdgeStation("B1", "R1", Date.now());
  const take = ({ topic, payload }: { topic: string; payload: Uint8Array }) =>
    announcements.take(0, { topic, payload, retained: false, receivedMs: 0 });
  take(node.deviceBirth("K1", [reading("power")]));
  take(node.deviceDeath("K1"));
  expect(take(node.deviceData("K1", [reading("power")]))).toBe(false);
  expect(announcements.points).toBe(1);
  const kept = announcements.kept().toSorted((a, b) => a.arrival - b.arrival);
  expect(kept.map(({ message: { topic } }) => topic.split("/")[2])).toEqual(["DBIRTH", "DDEATH"]);
});

test("what cannot be read announces nothing, and breaks nothing", () => {
  const announcements = open();
  announcements.take(0, message("BMS/v1/PUB/Metadata/Rack/RackPower/x", "{"));
  announcements.take(0, message("BMS/v1/PUB/Metadata/Rack/RackPower/y", "[]"));
  announcements.take(0, message("spBv1.0/B1/DBIRTH/R1/K1", Buffer.from([0xff, 1, 2])));
  expect(announcements.points).toBe(0);
  expect(announcements.take(0, message("BMS/v1/PUB/Value/Rack/RackPower/x", "{}"))).toBe(false);
});
