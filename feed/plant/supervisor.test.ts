import { connectAsync } from "mqtt";
import { afterEach, expect, test } from "vitest";
import { testSession } from "#feed/session.fixture.ts";
import { PlantSupervisor } from "./supervisor.ts";

let supervisor: PlantSupervisor | undefined;
afterEach(() => supervisor?.close());

/** A supervisor, and the address of each plant that it starts. */
const start = () => {
  const urls: string[] = [];
  const waiting: (() => void)[] = [];
  const made = new PlantSupervisor(testSession({ racks: 1000 }), {
    log: () => {},
    onUrl: (url) => {
      urls.push(url);
      for (const go of waiting.splice(0)) go();
    },
  });
  supervisor = made;
  const plants = async (count: number): Promise<void> => {
    while (urls.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { made, urls, plants };
};

/** First thing that the plant at an address says about what it plays. */
const playedAt = async (url: string): Promise<string> => {
  const client = await connectAsync(url, { protocolVersion: 4 });
  const { promise, resolve } = Promise.withResolvers<string>();
  client.on("message", (topic, payload) => {
    if (topic.includes("/Scenario/")) resolve(payload.toString());
  });
  await client.subscribeAsync("HT/v1/PUB/Scenario/#");
  const said = await promise;
  await client.endAsync();
  return said;
};

test("a scenario is played by a plant that is started for it, and its end by another one that plays none", async () => {
  const { made, urls, plants } = start();
  await plants(1);
  expect(await playedAt(urls[0]!)).toBe("");
  expect(await made.ask({ t: "play", scenario: "beijing-job" })).toMatchObject({ ok: true });
  expect(urls).toHaveLength(2);
  expect(JSON.parse(await playedAt(urls[1]!))).toMatchObject({ id: "beijing-job", speed: 40 });
  expect(await made.ask({ t: "play", scenario: null })).toMatchObject({ ok: true });
  expect(await playedAt(urls[2]!)).toBe("");
});

test("a scenario that nobody knows is refused, and the plant goes on", async () => {
  const { made, urls, plants } = start();
  await plants(1);
  for (const scenario of ["no-such", "../beijing-job", ""])
    expect(await made.ask({ t: "play", scenario })).toMatchObject({
      ok: false,
      error: { code: "scenario-unknown" },
    });
  expect(urls).toHaveLength(1);
});

test("while one plant takes another's place, no third is begun", async () => {
  const { made, urls, plants } = start();
  await plants(1);
  const [first, second] = await Promise.all([
    made.ask({ t: "play", scenario: "beijing-job" }),
    made.ask({ t: "play", scenario: null }),
  ]);
  expect([first, second].filter(({ ok }) => ok)).toHaveLength(1);
  expect([first, second].find(({ ok }) => !ok)).toMatchObject({ error: { code: "plant-starting" } });
  expect(urls).toHaveLength(2);
});
