import type { LocalText } from "#twins/model/twin.ts";
import type { FaultClearance, FaultOrder } from "#twins/physics/faults/order.ts";
import type { WeatherShift } from "#twins/physics/weather/shift.ts";

/**
 * A course of events as data (docs/SCENARIOS.md): what the weather does, what breaks, what people do and say, where to
 * look, and what an engineer expects to follow. Times named `…S` are seconds from the start.
 */
export interface Scenario {
  /** Name for `--scenario`, and of its file. */
  readonly id: string;
  readonly title: LocalText;
  readonly summary: LocalText;
  /** Site time it starts at, `2026-01-18T08:50`: no zone, because the clock is that of whichever campus plays it. */
  readonly start: string;
  readonly durationS: number;
  /** Seconds of plant time per second, 1…100, where nobody asks for another. */
  readonly speed: number;
  /** Telemetered racks below which an asset that it names does not exist; null: it plays on any scale. */
  readonly racks: number | null;
  /** What was published about the incident it follows; null for one that is made up. */
  readonly source: ScenarioSource | null;
  /** What the weather is led to, by seconds from the start. */
  readonly weather: readonly WeatherShift[];
  /** By time. */
  readonly events: readonly ScenarioEvent[];
  /** Six moments worth a picture, by time. */
  readonly views: readonly ScenarioView[];
  readonly expectations: readonly Expectation[];
  /** What the strip tells beside its words; without it the first figures that are expected of. */
  readonly figures?: readonly FigureName[];
}

/** A metric of an asset; `site` for the campus. */
export interface FigureName {
  readonly asset: string;
  readonly metric: string;
}

/** What a scenario is about: its value now is telemetry like any other; what it was at the beginning only the plant knows. */
export interface ScenarioFigure extends FigureName {
  /** In the metric's own unit; null where the plant had none. */
  readonly atStart: number | null;
}

/** Where a public timeline comes from. Grades as for facts: A operator or regulator … D derived by us. */
export interface ScenarioSource {
  /** What happened, where: never more than the public report's place and date. */
  readonly what: LocalText;
  /** Words as published, where they matter. */
  readonly words?: string;
  /** Who published it: a name or an address as it is. */
  readonly publisher: string;
  /** ISO 8601, as fine as it is known. */
  readonly date: string;
  readonly grade: "A" | "B" | "C" | "D";
}

/** `public`: a point of the published timeline, at its published clock time; `simulated`: ours. */
export type EventKind = "public" | "simulated";

export interface ScenarioEvent {
  readonly atS: number;
  readonly kind: EventKind;
  readonly say: LocalText;
  readonly faults?: readonly FaultOrder[];
  readonly clear?: readonly FaultClearance[];
  /** Work handed to the dispatch platform. */
  readonly job?: JobOrder;
  /** A load that people hold by it. */
  readonly pin?: LoadOrder;
}

/** A job that comes to the campus from another centre. */
export interface JobOrder {
  readonly kind: "training" | "inference" | "hpc";
  /** Path id of the centre it comes from. */
  readonly from: string;
  /** Path id of the building that takes it in. */
  readonly to: string;
  readonly racks: number;
  /** Checkpoint and data to be moved first, TB. */
  readonly dataTb: number;
  /** Line, Gbit/s. */
  readonly gbitPerS: number;
  readonly durationS: number;
}

/** A load that people hold on racks, change or give back (`plant.dispatch.pin`). */
export interface LoadOrder {
  /** Path id of a building, room, row or rack. */
  readonly asset: string;
  /** More assets that belong to it: one job over several buildings. The first names it. */
  readonly also?: readonly string[];
  /** Utilisation to hold, 0…1; null gives the racks back to their jobs. */
  readonly load: number | null;
  /** Time it takes from what was, s; 0 when absent. */
  readonly rampS?: number;
  /** Instead of a steady load a job of this kind, at `load` of its usual. */
  readonly kind?: "training" | "inference" | "hpc";
}

export interface ScenarioView {
  readonly atS: number;
  /** Path id to look at; the whole campus when absent. */
  readonly asset?: string;
  /** Rack metric of the heat map. */
  readonly metric?: string;
  /** Walls made transparent. */
  readonly xray?: boolean;
  readonly say?: LocalText;
}

/** What must hold at a moment. It reads the true plant, not its instruments. */
export interface Expectation {
  readonly atS: number;
  /** Path id; `site` for the campus. */
  readonly asset: string;
  /** A metric of the asset's class, or one of the sums that docs/SCENARIOS.md lists. */
  readonly metric: string;
  readonly is: "<" | ">" | "=";
  readonly value: number;
  /** For `=`: how far off is still equal; 0 when absent. */
  readonly tolerance?: number;
  /** The engineer's reason. */
  readonly because: LocalText;
}

/** Topic of what a publisher says about the scenario it plays: retained, empty when it plays none (docs/WIRE.md). */
export const scenarioTopic = (publisher: string): string => `HT/v1/PUB/Scenario/${publisher}`;

/** The message on `scenarioTopic`: at every change and every ten seconds. */
export interface ScenarioState
  extends Pick<Scenario, "id" | "title" | "summary" | "source" | "durationS" | "views"> {
  /** Plant time of its start, ms UTC. */
  readonly startMs: number;
  /** Plant time now, ms UTC: what the clock of the campus says, not when the message was sent. */
  readonly timeMs: number;
  /** Seconds of plant time per second. */
  readonly speed: number;
  readonly events: readonly Pick<ScenarioEvent, "atS" | "kind" | "say" | "job">[];
  readonly figures?: readonly ScenarioFigure[];
}

/** So many figures fit beside the clock of a strip. */
const mostFigures = 4;

/** What a scenario is about: what its file names, else the first things that it expects something of, each metric once. */
export const figuresOf = ({
  figures,
  expectations,
}: Pick<Scenario, "figures" | "expectations">): readonly FigureName[] => {
  if (figures) return figures.slice(0, mostFigures);
  const seen = new Map<string, FigureName>();
  for (const { asset, metric } of expectations) if (!seen.has(metric)) seen.set(metric, { asset, metric });
  return [...seen.values()].slice(0, mostFigures);
};

export const scenarioStateOf = (
  { id, title, summary, source, durationS, views, events }: Scenario,
  now: Pick<ScenarioState, "startMs" | "timeMs" | "speed" | "figures">,
): ScenarioState => ({
  id,
  title,
  summary,
  source,
  durationS,
  views,
  events: events.map(({ atS, kind, say, job }) => ({ atS, kind, say, ...(job && { job }) })),
  ...now,
});
