import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOwnTopic, ownFilters } from "./publisher.ts";
import { checkBroker, isNamespace } from "./safety.ts";

const codeOf = (url: string, yes?: string): string => {
  const result = checkBroker(url, yes);
  return result.ok ? "ok" : result.error.code;
};

describe("where simulated values may be written", () => {
  test.each(["mqtt://localhost", "mqtt://127.0.0.1:1883", "ws://127.9.9.9:9001/mqtt", "mqtts://[::1]:8883"])(
    "%s is this machine",
    (url) => expect(codeOf(url)).toBe("ok"),
  );

  test.each([
    "mqtt://plant.example",
    "mqtt://10.0.0.7",
    "mqtt://127.0.0.1.plant.example",
    "mqtt://localhost.plant.example",
    "mqtt://0.0.0.0",
    "mqtt://[::ffff:10.0.0.7]",
  ])("%s is not", (url) => expect(codeOf(url)).toBe("broker-not-loopback"));

  test("only the very host that was named is allowed", () => {
    expect(codeOf("mqtt://plant.example:1883", "plant.example")).toBe("ok");
    expect(codeOf("mqtt://plant.example", "example")).toBe("broker-not-loopback");
    expect(codeOf("mqtt://plant.example", "plant.example:1883")).toBe("broker-not-loopback");
    expect(codeOf("mqtt://other.example", "plant.example")).toBe("broker-not-loopback");
  });

  test("what is no broker address is said to be none, and no secret is repeated", () => {
    expect(codeOf("http://127.0.0.1")).toBe("broker-url");
    expect(codeOf("127.0.0.1:1883")).toBe("broker-url");
    const refused = checkBroker("mqtt://me:hunter2@127.0.0.1", undefined);
    expect(JSON.stringify(refused)).toContain("broker-credentials");
    expect(JSON.stringify(refused)).not.toContain("hunter2");
    expect(JSON.stringify(checkBroker("me:hunter2@127.0.0.1", undefined))).not.toContain("hunter2");
  });
});

test("a namespace is one plain topic level", () => {
  expect(["ht-plant", "p1"].every(isNamespace)).toBe(true);
  expect(["", "a", "#", "a/b", "+x", "$SYS", "A b", "-x", "x".repeat(42)].some(isNamespace)).toBe(false);
});

describe("topics of a namespace", () => {
  const own = [
    "BMS/v1/PUB/Value/Rack/RackPower/ht-plant/a/b01/r1",
    "HT/v1/PUB/Metadata/PowerMeter/ActiveEnergy/ht-plant/site/m-grid",
    "HT/v1/PUB/Source/ht-plant",
    "HT/v1/PUB/Scenario/ht-plant",
    "HT/v1/PUB/Bulk/ht-plant/rack/0",
    "HT/v1/PUB/BulkLayout/ht-plant/rack",
  ];
  const foreign = [
    "BMS/v1/PUB/Value/Rack/RackPower/ht-plant2/a",
    "BMS/v1/PUB/Value/Rack/RackPower/BMS/ht-plant/a",
    "BMS/v1/PUB/Value/Rack/RackPower/ht-plant",
    "BMS/v1/OTHER/Value/Rack/RackPower/ht-plant/a",
    "BMS/v1/PUB/Source/ht-plant",
    "HT/v1/PUB/Source/ht-plant/x",
    "HT/v1/PUB/Source/other",
    "HT/v1/PUB/Scenario/other",
    "HT/v1/PUB/Scenario/ht-plant/x",
    "HT/v2/PUB/Bulk/ht-plant/rack/0",
    "plant/ht-plant",
  ];

  test("are told from those of others", () => {
    expect(own.map((topic) => isOwnTopic(topic, "ht-plant"))).toEqual(own.map(() => true));
    expect(foreign.filter((topic) => isOwnTopic(topic, "ht-plant"))).toEqual([]);
  });

  /** MQTT filter matching, by the book. */
  const matches = (filter: string, topic: string): boolean => {
    const want = filter.split("/");
    const have = topic.split("/");
    for (const [i, level] of want.entries()) {
      if (level === "#") return true;
      if (i >= have.length || (level !== "+" && level !== have[i])) return false;
    }
    return want.length === have.length;
  };

  test("all lie under the filters that --clear looks at", () => {
    for (const topic of own)
      expect([topic, ownFilters("ht-plant").some((f) => matches(f, topic))]).toEqual([topic, true]);
  });

  test("no topic belongs to two namespaces", () => {
    const level = fc.constantFrom(
      "BMS",
      "HT",
      "v1",
      "PUB",
      "Value",
      "Source",
      "Bulk",
      "ht-plant",
      "other",
      "x",
    );
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 9 }), (levels) => {
        const topic = levels.join("/");
        expect(isOwnTopic(topic, "ht-plant") && isOwnTopic(topic, "other")).toBe(false);
      }),
    );
  });
});
