import type { Course } from "#twins/scenario/course.ts";
import { type ScenarioFigure, scenarioStateOf, scenarioTopic } from "#twins/scenario/scenario.ts";
import type { Outlet } from "./outlet.ts";

/** Says on the wire what the plant plays: at once, every ten seconds, and when somebody has just begun to listen. */
export interface ScenarioTeller {
  tell(): void;
  stop(): void;
}

const everyMs = 10_000;

export const createTeller = (
  { scenario, startMs }: Pick<Course, "scenario" | "startMs">,
  outlet: Pick<Outlet, "retain">,
  {
    publisher,
    speed,
    plant,
    figures,
  }: {
    publisher: string;
    speed: number;
    plant: { readonly timeMs: number };
    figures: readonly ScenarioFigure[];
  },
): ScenarioTeller => {
  const tell = (): void => {
    const state = scenarioStateOf(scenario, { startMs, timeMs: plant.timeMs, speed, figures });
    void outlet.retain(scenarioTopic(publisher), JSON.stringify(state));
  };
  tell();
  const timer = setInterval(tell, everyMs);
  return { tell, stop: () => clearInterval(timer) };
};

/** Says that nothing is played: who listened to a plant that played a scenario, and was started anew without one, forgets it. */
export const tellNone = (outlet: Pick<Outlet, "retain">, publisher: string): void => {
  void outlet.retain(scenarioTopic(publisher), "");
};
