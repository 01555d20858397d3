import { connectAsync } from "mqtt";
import type { SessionConfig } from "#feed/contract/config.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { err } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createFaults, type Faults } from "#twins/physics/faults/faults.ts";
import type { Plant } from "#twins/physics/plant.ts";
import type { EpwYear } from "#twins/physics/weather/epw.ts";
import { type Course, createCourse, startOf } from "#twins/scenario/course.ts";
import { figureOf } from "#twins/scenario/figures.ts";
import { figuresOf, type Scenario, type ScenarioFigure } from "#twins/scenario/scenario.ts";
import { type NumberedAnswer, type NumberedAsk, plantStarting } from "./asks.ts";
import type { EmbeddedBroker } from "./broker.ts";
import { startBroker } from "./broker.ts";
import { answerAsk } from "./fault-desk.ts";
import { mqttOutlet } from "./outlet.ts";
import type { PlantRun } from "./run.ts";
import { plantId, runPlant } from "./run.ts";
import { readScenario } from "./scenario-file.ts";
import { createTeller, type ScenarioTeller, tellNone } from "./scenario-teller.ts";
import { readWeatherFile } from "./weather-file.ts";

/**
 * Entry of the plant's own process, forked by `feed/service.ts`.
 * First message in: `{ config: SessionConfig }`. First message out: `{ ready: true, url }`, as soon as the embedded
 * broker listens; the plant announces itself right after. Beside an outside broker (`--fill simulated`) it is the same:
 * the product never writes to a broker that is not its own, so simulated values come over this one.
 * Questions about faults (`asks.ts`) are answered from then on. Any failure is `{ ready: false, error }` and exit code 1. The process ends when its parent goes.
 */
export type PlantReply =
  | { readonly ready: true; readonly url: string }
  | { readonly ready: false; readonly error: string };

const reply = (message: PlantReply): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

interface Playing {
  readonly run: PlantRun;
  readonly faults: Faults;
  /** Says what is played, or that nothing is. */
  readonly tell: ScenarioTeller["tell"];
}

interface Stage {
  readonly twin: Twin;
  readonly broker: EmbeddedBroker;
  readonly weather: EpwYear | null;
}

/** Plant time after which its first values stand, s. */
const firstS = 1;

/** What a scenario is about, as it is at its beginning. */
const beginningOf = (scenario: Scenario, twin: Twin, plant: Plant): readonly ScenarioFigure[] =>
  figuresOf(scenario).map((name): ScenarioFigure => {
    const figure = figureOf(twin, plant, name);
    const value = figure.ok ? figure.value() : Number.NaN;
    return { ...name, atStart: Number.isFinite(value) ? value : null };
  });

const play = async (config: SessionConfig, { twin, broker, weather }: Stage): Promise<Playing> => {
  const chosen = config.scenario ?? null;
  const scenario = chosen && readScenario(chosen.file);
  const startMs = scenario ? startOf(scenario, twin) : config.timeMs;
  const speed = (scenario ? (chosen?.speed ?? scenario.speed) : null) ?? config.plantSpeed;
  const client = await connectAsync(broker.url, { protocolVersion: 4, clientId: plantId });
  const outlet = mqttOutlet(client);
  let faults: Faults | null = null;
  let course: Course | null = null;
  let figures: readonly ScenarioFigure[] = [];
  const run = await runPlant(outlet, twin, {
    publisherId: plantId,
    seed: config.seed,
    timeMs: startMs,
    speed,
    wire: "mixed",
    dsxRacks: 0,
    metadataOnly: false,
    weather,
    ...(scenario && startMs !== null ? { shifts: { startMs, shifts: scenario.weather } } : {}),
    stepper: (plant) => {
      const own = createFaults(twin, plant);
      faults = own;
      if (!scenario || startMs === null) return own.step;
      course = createCourse(scenario, plant, { startMs, faults: own });
      // Nothing is known before the first second: then it is read what the scenario begins with.
      course.step(firstS);
      figures = beginningOf(scenario, twin, plant);
      course.step(Math.max(0, (chosen?.atS ?? 0) - firstS));
      for (const { message } of course.refused) console.error(`scenario ${scenario.id}: ${message}`);
      return course.step;
    },
  });
  const played = course as Course | null; // set by the stepper, which the compiler does not see
  const teller =
    played && createTeller(played, outlet, { publisher: plantId, speed, plant: run.plant, figures });
  return { run, faults: faults!, tell: teller ? teller.tell : () => tellNone(outlet, plantId) };
};

/** Takes orders for faults from when the plant runs. */
let faults: Faults | null = null;
/** Who has just subscribed gets what is kept first; it counts only when it is said again. */
const tellDelayMs = 200;

/** The year of weather that was asked for. @throws Error that says what is wrong with the file */
const weatherOf = ({ weatherFile = null }: SessionConfig): EpwYear | null => {
  if (weatherFile === null) return null;
  const year = readWeatherFile(weatherFile);
  if (!year.ok) throw new Error(`${year.error.message}. ${year.error.tip}`);
  return year.value;
};

const start = async (config: SessionConfig): Promise<void> => {
  const weather = weatherOf(config);
  const broker = await startBroker();
  await reply({ ready: true, url: broker.url });
  const files = await readTwinDirectory(config.twinDirectory);
  const twin = loadTwin(files, config.racks === null ? {} : { racks: config.racks });
  const { run, tell, ...playing } = await play(config, { twin, broker, weather });
  broker.onSubscribe((filter) => {
    if (filter.includes("/Bulk/") || filter.includes("/Value/") || filter === "#") run.refresh();
    if (filter.includes("/Scenario/") || filter === "#") setTimeout(tell, tellDelayMs);
  });
  // Whoever subscribed while the plant was being made.
  tell();
  faults = playing.faults;
};

process.on("message", ({ id, ask }: Partial<NumberedAsk>) => {
  if (id === undefined || ask === undefined) return; // the configuration
  const answer = faults ? answerAsk(faults, ask) : err(plantStarting);
  process.send?.({ id, answer } satisfies NumberedAnswer);
});

process.once("message", (message: { readonly config: SessionConfig }) => {
  start(message.config).catch(async (error: unknown) => {
    await reply({ ready: false, error: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  });
});
// Nothing here is worth saving: when the parent goes, or asks us to, we go.
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());
// Ctrl-C reaches the whole group; the parent decides when to stop us.
process.on("SIGINT", () => {});
