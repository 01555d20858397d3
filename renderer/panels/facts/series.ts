import type { Fact, FactPoint, Twin } from "#twins/model/twin.ts";

/** A fact that is a point of a series. */
export interface PublishedPoint {
  readonly fact: Fact;
  readonly point: FactPoint;
}

/** Published points of a series by time: each stands alone, nothing adds them, quarantined facts are none. */
export const publishedPoints = (twin: Twin, series: FactPoint["series"]): readonly PublishedPoint[] =>
  twin.facts
    .flatMap((fact) =>
      fact.point?.series === series && !fact.quarantined ? [{ fact, point: fact.point }] : [],
    )
    .sort((a, b) => a.point.at.localeCompare(b.point.at));

/** Months since year 0 of YYYY-MM. */
export const monthOf = (at: string): number => Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7)) - 1;
