import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { publisherStatus, shownId } from "#feed/tables/publishers.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Origin, originOf } from "#twins/model/quality.ts";
import { apartFrom } from "./apart.ts";
import { contextOf } from "./context.fixture.ts";
import type { IntakeContext } from "./context.ts";
import { createRouter } from "./router.ts";

const twin = await smallCampus(1000);
const now = Date.UTC(2026, 10, 24, 12);
const [first, second] = [3, 4].map((row) => twin.table("rack").idOf(row));
const topic = (kind: string) => `BMS/v1/PUB/${kind}/Rack/RackPower/gw1/k1`;

const openTwo = () => {
  const context: IntakeContext = contextOf(twin, () => now);
  const traits = () => ({ isPlant: false, filler: false, wires: new Set<"dsx">() });
  const routers = [context, apartFrom(context, "mqtt://b")].map((own) => createRouter(own, traits()));
  const send = (broker: number, to: string, payload: object): void =>
    routers[broker]!.message({
      topic: to,
      payload: Buffer.from(JSON.stringify(payload)),
      retained: false,
      receivedMs: now,
    });
  const shown = (row: number) => {
    const table = context.store.tables.of("rack");
    const cell = row * table.columns + metricIndex("rack", "power");
    const publisher = context.store.publishers.all[table.publisher[cell]!]!;
    return { value: table.value[cell], origin: originOf(table.status[cell]!), by: shownId(publisher) };
  };
  return { context, send, shown };
};

test("one topic at two brokers is two points, whatever came first", () => {
  const { context, send, shown } = openTwo();
  send(0, topic("Metadata"), { rackLocationId: first, engUnit: "kW" });
  send(1, topic("Metadata"), { rackLocationId: second, engUnit: "W" });
  send(0, topic("Value"), { value: 5, timestamp: now, quality: 1 });
  send(1, topic("Value"), { value: 7000, timestamp: now, quality: 1 });
  expect([shown(3).value, shown(4).value]).toEqual([5, 7]);
  expect(context.bindings.bound).toBe(2);
});

test("one id at two brokers is two publishers: what one declares is not true of the other", () => {
  const { context, send, shown } = openTwo();
  send(0, topic("Metadata"), { rackLocationId: first, engUnit: "kW" });
  send(1, topic("Metadata"), { rackLocationId: second, engUnit: "kW" });
  send(0, topic("Value"), { value: 5, timestamp: now, quality: 1 });
  send(1, topic("Value"), { value: 7, timestamp: now, quality: 1 });
  send(0, "HT/v1/PUB/Source/gw1", { id: "gw1", origin: "measured", name: { zh: "甲", en: "A" } });
  send(1, "HT/v1/PUB/Source/gw1", { id: "gw1", origin: "simulated", name: { zh: "乙", en: "B" } });
  expect(shown(3)).toEqual({ value: 5, origin: Origin.measured, by: "gw1" });
  expect(shown(4)).toEqual({ value: 7, origin: Origin.simulated, by: "gw1 @ mqtt://b" });
  const ids = context.store.publishers.all.map((each) => publisherStatus(each, now, now).id);
  expect(new Set(ids).size, "every publisher is listed under a name of its own").toBe(ids.length);
});
