import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#build/free-port.ts";
import { createBroker } from "./outage-broker.ts";
import { eachLine, end, start } from "./outage-children.ts";
import { type Made, type OutageFigures, OutageRecord, type Seen } from "./outage-measure.ts";
import { createNet, lackOf, type TestNet } from "./outage-net.ts";
import { type Scenario, scenarios, type World } from "./outage-scenarios.ts";
import { writeTable } from "./outage-table.ts";

/**
 * `npm run bench -- outages --json [WORDS OF A SCENARIO]`: a real mosquitto, a plant of 200 racks and the real feed, each
 * in a process of its own; what happens to the values when the broker or the way to it fails. `--table` writes
 * docs/OUTAGES.md. Takes about eight minutes.
 */

/** The longest wait between two attempts is 30 s, and one may be under way for 10 s. */
const recoveryLimitMs = 60_000;
const steadyMs = 4000;
/** A value is stale at 1.3 of its periods and must be shown so by 1.5. */
const staleLimitPeriods = 1.5;

const script = (name: string): readonly string[] => [process.execPath, join(import.meta.dirname, name)];

/** Resolves when all points have been fresh for four seconds; false when they are not in time. */
const untilSteady = async (record: OutageRecord, withinMs: number): Promise<boolean> => {
  const deadline = Date.now() + withinMs;
  let sinceMs = Number.POSITIVE_INFINITY;
  while (Date.now() < deadline) {
    sinceMs = record.isWhole ? Math.min(sinceMs, Date.now()) : Number.POSITIVE_INFINITY;
    if (Date.now() - sinceMs >= steadyMs) return true;
    await sleep(50);
  }
  return false;
};

interface Running extends World {
  readonly record: OutageRecord;
  close(): Promise<void>;
}

const startWorld = async (scenario: Scenario, net: TestNet | null): Promise<Running> => {
  const address = net?.brokerAddress ?? "127.0.0.1";
  const port = await freePort();
  const relayPort = await freePort();
  const broker = await createBroker({
    address,
    port,
    namespace: net?.broker,
    isPersistent: scenario.isPersistent ?? false,
  });
  await broker.start();
  const { delayMs = 0, jitterMs = 0, cutEveryMs = 0, spoilEveryBytes = 0 } = scenario.relay ?? {};
  const numbers = [relayPort, port, delayMs, jitterMs, cutEveryMs, spoilEveryBytes].map(String);
  const relay = scenario.relay
    ? start([...script("outage-relay.ts"), address, ...numbers], { namespace: net?.broker })
    : null;
  const plant = start(
    [...script("outage-plant.ts"), `mqtt://${address}:${port}`, scenario.announces ?? "always"],
    {
      namespace: net?.broker,
    },
  );
  const host = scenario.byName && net ? net.brokerName : address;
  const feed = start([...script("outage-watch.ts"), `mqtt://${host}:${relay ? relayPort : port}`], {
    namespace: net?.product,
  });
  const record = new OutageRecord();
  eachLine<Made>(plant, (line) => record.made.push(line));
  eachLine<Seen>(feed, (line) => record.seen.push(line));
  return {
    broker,
    address,
    port,
    net,
    record,
    disturb: (isOn) => void relay?.kill(isOn ? "SIGUSR1" : "SIGUSR2"),
    close: async () => {
      await Promise.all([end(feed), end(plant), ...(relay ? [end(relay)] : [])]);
      await broker.close();
    },
  };
};

const judge = (
  figures: Omit<OutageFigures, "outcome" | "reasons">,
  { isOutage, relay }: Scenario,
): readonly string[] => {
  const { lateAtPeriods, staleAtPeriods, namedS, recoveredS } = figures;
  const reasons: string[] = [];
  if (figures.crashes > 0) reasons.push(`the ingest thread ended ${figures.crashes} times`);
  if (recoveredS === null) reasons.push("did not recover by itself");
  // Bits that were turned over in a time are a time nobody can judge.
  if (!relay?.spoilEveryBytes) {
    if (lateAtPeriods && lateAtPeriods[0] < 1) reasons.push(`late at ${lateAtPeriods[0]} periods`);
    if (staleAtPeriods && staleAtPeriods[1] > staleLimitPeriods)
      reasons.push(`stale only at ${staleAtPeriods[1]} periods`);
  }
  if (isOutage && !staleAtPeriods) reasons.push("nothing became stale");
  // A pause that TCP gets over by itself is none that the connection could know of.
  if (isOutage && namedS === null && figures.causeS > 23) reasons.push("the status named nothing");
  return reasons;
};

const skipped = (scenario: string, reason: string): OutageFigures => ({
  scenario,
  outcome: "skipped",
  reasons: [reason],
  causeS: 0,
  lateAtPeriods: null,
  staleAtPeriods: null,
  staleS: null,
  namedS: null,
  errors: [],
  recoveredS: null,
  reconnects: 0,
  crashes: 0,
  protocol: null,
  metadataAgain: 0,
  made: 0,
  lost: 0,
  ageS: null,
});

/** Runs one scenario; its processes and namespaces are gone when this resolves or rejects. */
export const runScenario = async (scenario: Scenario): Promise<OutageFigures> => {
  const lack = scenario.needs.map(lackOf).find((each) => each !== null);
  if (lack) return skipped(scenario.name, lack);
  const net = scenario.needs.length > 0 ? createNet() : null;
  const world = await startWorld(scenario, net);
  try {
    if (!(await untilSteady(world.record, recoveryLimitMs)))
      return skipped(scenario.name, "never began well");
    const beganMs = Date.now();
    await scenario.begin(world);
    await sleep(scenario.holdMs);
    await scenario.end(world);
    const endedMs = Date.now();
    await untilSteady(world.record, recoveryLimitMs);
    const figures = { scenario: scenario.name, ...world.record.figures(beganMs, endedMs, Date.now()) };
    const reasons = judge(figures, scenario);
    return { ...figures, outcome: reasons.length === 0 ? "passed" : "failed", reasons };
  } finally {
    await world.close();
    net?.close();
  }
};

/** Runs every scenario, or those whose name holds `name`, one after the other. */
export const run = async (name = ""): Promise<readonly OutageFigures[]> => {
  const figures: OutageFigures[] = [];
  for (const scenario of scenarios.filter((each) => each.name.includes(name))) {
    const each = await runScenario(scenario);
    console.error(`${each.outcome}: ${each.scenario} ${JSON.stringify(each)}`);
    figures.push(each);
  }
  return figures;
};

if (import.meta.main) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const figures = await run(words.join(" "));
  console.log(JSON.stringify(figures));
  if (process.argv.includes("--table")) writeTable(figures);
  if (figures.some(({ outcome }) => outcome === "failed")) process.exitCode = 1;
}
