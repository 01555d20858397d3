import { expect, test } from "vitest";
import { createSparkplugHost, mayPublish } from "./publish.ts";

test.each([
  ["spBv1.0/plant/NCMD/n1", true],
  ["spBv1.0/plant/DCMD/n1/d1", true],
  ["spBv1.0/STATE/ours", true],
  ["spBv1.0/STATE/another", false],
  ["spBv1.0/plant/NDATA/n1", false],
  ["spBv1.0/plant/NBIRTH/n1", false],
  ["spBv1.0/plant/NDEATH/n1", false],
  ["spBv1.0/plant/NCMD/n1/d1", false],
  ["spBv1.0/plant/DCMD/n1", false],
  ["spBv1.0/plant/NCMD/+", false],
  ["spBv1.0/plant/NCMD/#", false],
  ["spBv1.0//NCMD/n1", false],
  ["x/spBv1.0/plant/NCMD/n1", false],
  ["BMS/v1/PUB/Value/Rack/RackPower/x", false],
  ["", false],
])("%s may be published to: %s", (topic, isAllowed) => {
  expect(mayPublish(topic, "ours")).toBe(isAllowed);
});

const hostWithBroker = () => {
  const sent: [string, unknown, unknown][] = [];
  const client = {
    publish: (topic: string, payload: unknown, options: unknown) => sent.push([topic, `${payload}`, options]),
  };
  return { host: createSparkplugHost("ours"), sent, client: client as never };
};

test("any other topic throws before the client has it", () => {
  const { host, sent, client } = hostWithBroker();
  host.will(1);
  host.opened(client);
  sent.length = 0;
  expect(() => host.publish("plant/setpoint", "1")).toThrow("refused");
  expect(sent).toEqual([]);
});

test("state and will carry the time of one connection, retained; commands are not kept", () => {
  const { host, sent, client } = hostWithBroker();
  const will = host.will(1234);
  expect(will).toMatchObject({ topic: "spBv1.0/STATE/ours", qos: 1, retain: true });
  expect(JSON.parse(`${will.payload}`)).toEqual({ online: false, timestamp: 1234 });
  host.publish("spBv1.0/plant/NCMD/n1", "too early");
  host.opened(client);
  host.publish("spBv1.0/plant/NCMD/n1", "now");
  expect(sent).toEqual([
    ["spBv1.0/STATE/ours", '{"online":true,"timestamp":1234}', { qos: 1, retain: true }],
    ["spBv1.0/plant/NCMD/n1", "now", { qos: 0, retain: false }],
  ]);
});

test("a state that calls us offline while we are not is answered; those of others are not", () => {
  const { host, sent, client } = hostWithBroker();
  const offline = Buffer.from('{"online": false, "timestamp": 1}');
  host.will(5);
  host.stateHeard("spBv1.0/STATE/ours", offline); // kept from last time, before we are there
  host.opened(client);
  sent.length = 0;
  host.stateHeard("spBv1.0/STATE/another", offline);
  host.stateHeard("spBv1.0/STATE/ours", Buffer.from('{"online":true,"timestamp":5}'));
  expect(sent).toEqual([]);
  host.stateHeard("spBv1.0/STATE/ours", offline);
  expect(sent.map(([topic]) => topic)).toEqual(["spBv1.0/STATE/ours"]);
});
