import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { decodePayload, EdgeStation } from "#feed/wire/sparkplug.fixture.ts";
import { SparkplugBed } from "./sparkplug-bed.fixture.ts";
import { EdgeNodes } from "./sparkplug-nodes.ts";
import { createRebirths } from "./sparkplug-rebirth.ts";

const twin = await smallCampus(200);
const startMs = Date.UTC(2026, 10, 23, 12);

const asking = (random: () => number = () => 0) => {
  const sent: { topic: string; payload: Uint8Array }[] = [];
  const { context } = new SparkplugBed(twin, startMs);
  const nodes = new EdgeNodes(context);
  const rebirths = createRebirths(
    (topic, payload) => sent.push({ topic, payload: payload as Uint8Array }),
    random,
  );
  return { sent, rebirths, node: nodes.of("plant", "n1")!, other: nodes.of("plant", "n2")! };
};

test("a request is what a node of another implementation understands", () => {
  const { sent, rebirths, node } = asking();
  rebirths.want(node, startMs);
  rebirths.tick(startMs);
  expect(sent.map(({ topic }) => topic)).toEqual(["spBv1.0/plant/NCMD/n1"]);
  expect(decodePayload(sent[0]!.payload).metrics).toMatchObject([
    { name: "Node Control/Rebirth", type: "Boolean", value: true },
  ]);
});

test("a node is asked once in 30 s, however much cannot be read; every node for itself", () => {
  const { sent, rebirths, node, other } = asking();
  for (let second = 0; second < 95; second++) {
    for (let i = 0; i < 100; i++) rebirths.want(node, startMs + second * 1000);
    if (second === 40) rebirths.want(other, startMs + second * 1000);
    rebirths.tick(startMs + second * 1000);
  }
  expect(sent.filter(({ topic }) => topic.endsWith("n1"))).toHaveLength(4);
  expect(sent.filter(({ topic }) => topic.endsWith("n2"))).toHaveLength(1);
});

test("requests are spread by chance, and one that was answered before is not sent", () => {
  const { sent, rebirths, node, other } = asking(() => 0.9);
  rebirths.want(node, startMs);
  rebirths.want(other, startMs);
  rebirths.tick(startMs + 1000);
  expect(sent).toEqual([]);
  rebirths.settled(other);
  rebirths.tick(startMs + 2000);
  expect(sent.map(({ topic }) => topic)).toEqual(["spBv1.0/plant/NCMD/n1"]);
});

test("a clock that is set back by a day does not silence it", () => {
  const { sent, rebirths, node } = asking();
  rebirths.want(node, startMs);
  rebirths.tick(startMs);
  rebirths.want(node, startMs - 864e5);
  rebirths.tick(startMs - 864e5);
  rebirths.want(node, startMs);
  rebirths.tick(startMs - 2 * 864e5);
  expect(sent).toHaveLength(3);
});

test("a gap, an unknown alias and data before a birth each want one; without permission nothing is ever sent", () => {
  const host = { publish: (topic: string) => asked.push(topic), will: null, opened: null, stateHeard: null };
  const asked: string[] = [];
  const cases = [
    (station: EdgeStation) => [station.nodeData([])],
    (station: EdgeStation) => {
      const birth = station.nodeBirth();
      station.lose();
      return [birth, station.nodeData([])];
    },
    (station: EdgeStation) => [
      station.nodeBirth(),
      station.nodeData([{ alias: 9, type: "Float", value: 1, timestamp: startMs }]),
    ],
  ];
  for (const messages of cases)
    for (const allowed of [true, false]) {
      asked.length = 0;
      const bed = new SparkplugBed(twin, startMs, allowed ? (host as never) : undefined);
      for (const message of messages(new EdgeStation("plant", "n1", startMs))) bed.hear(message);
      bed.wait(3000);
      expect(asked).toEqual(allowed ? ["spBv1.0/plant/NCMD/n1"] : []);
    }
});
