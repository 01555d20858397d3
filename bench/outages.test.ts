import { expect, test } from "vitest";
import { scenarios } from "./outage-scenarios.ts";
import { runScenario } from "./outages.ts";

/** Short causes, judged by order alone: a busy machine may show anything later than it should, never earlier. */
const short = (name: string, holdMs: number) => {
  const scenario = scenarios.find((each) => each.name.startsWith(name));
  if (!scenario) throw new Error(`no scenario ${name}`);
  return runScenario({ ...scenario, holdMs });
};

test("a broker that is killed or paused: values age, the status says why, and all heals by itself", async () => {
  const [killed, paused] = await Promise.all([
    short("broker killed (SIGKILL), back after 10 s without", 3000),
    short("broker paused (SIGSTOP) for 8 s", 4000),
  ]);
  for (const { lateAtPeriods, staleAtPeriods, recoveredS } of [killed, paused]) {
    expect(lateAtPeriods?.[0]).toBeGreaterThanOrEqual(1.1);
    expect(staleAtPeriods?.[0]).toBeGreaterThanOrEqual(1.3);
    expect(recoveredS).not.toBeNull();
  }
  expect(killed).toMatchObject({ reconnects: 1, protocol: "5.0" });
  expect(killed.errors.join()).toMatch(/closed|refused/);
  expect(paused).toMatchObject({ reconnects: 0, errors: [] });
}, 180_000);
