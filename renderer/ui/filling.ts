import type { KpiExplanation } from "#feed/contract/bridge.ts";
import { siteOf } from "./assets.ts";
import { useServices } from "./services.tsx";
import { useAnswer } from "./useAnswer.ts";

/** How far the window of an energy figure has filled since the feed began to read registers, whole minutes. */
export interface Filling {
  readonly minutes: number;
  readonly of: number;
}

const minuteMs = 60_000;
/** Registers are compared once a minute. */
const everyMs = 10_000;

/**
 * How far a figure's window has filled; null when it is full, when the figure has none, or when it is not time that is
 * missing but a meter.
 */
export const fillingOf = (explanation: KpiExplanation | null | undefined): Filling | null => {
  if (!explanation || explanation.windowMs === null || explanation.coverage < 1) return null;
  const { windowMs, coveredMs } = explanation;
  if (coveredMs !== null && coveredMs >= windowMs) return null;
  return { minutes: Math.floor((coveredMs ?? 0) / minuteMs), of: Math.round(windowMs / minuteMs) };
};

/** The filling of a figure of the site, while it fills and somebody is there to say so. */
export const useFilling = (name: string): Filling | null => {
  const { twin } = useServices();
  const site = siteOf(twin);
  const isEnergy = name.startsWith("pue");
  const { value, hasFailed } = useAnswer(
    "kpi.explain",
    site && isEnergy ? { name, scope: twin.idOf(site) } : null,
    everyMs,
  );
  return hasFailed ? null : fillingOf(value);
};
