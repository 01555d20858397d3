import type { Language, Translate } from "#renderer/i18n/translate.ts";
import type { FeedFacts } from "#renderer/stores/feed.ts";
import { formatCount, formatShare } from "#renderer/ui/format.ts";
import { formatSiteMoment } from "#renderer/ui/time.ts";

/** What the rolling line needs to know beside the feed's facts. */
export interface RollSite {
  readonly illustrative: boolean;
  readonly utcOffsetMin: number;
  /** The feed's clock, ms UTC. */
  readonly nowMs: number;
}

/** What the rolling line says, abnormal things first; only facts that hold right now. */
export const rollMessages = (
  { status, bridge }: Pick<FeedFacts, "status" | "bridge">,
  site: RollSite,
  words: { readonly t: Translate; readonly language: Language },
): readonly string[] => {
  const { t, language } = words;
  const { nowMs, utcOffsetMin } = site;
  if (!status) return [t("status.waiting")];
  const late = status.publishers
    .filter(({ state }) => state === "late")
    .map(({ id }) => t("wall.rollPublisherLate", { publisher: id }));
  const stale =
    status.points.stale > 0
      ? [t("wall.rollStale", { points: formatCount(status.points.stale, language) })]
      : [];
  const isLive = status.source.state === "live";
  const present = [
    ...late,
    ...stale,
    ...(isLive ? [t("wall.rollLive", { rate: formatCount(status.rates.pointsPerSec, language) })] : []),
    ...(status.coverage === null ? [] : [t("wall.rollCoverage", { coverage: formatShare(status.coverage) })]),
    t("wall.rollKnown", { points: formatCount(status.points.known, language) }),
  ];
  const time = (ms: number): string => formatSiteMoment(language, ms, { nowMs, utcOffsetMin });
  return [
    // The last status of a feed that is out of reach says nothing of now.
    ...(bridge === "lost" ? [t("outage.bridge.title")] : present),
    ...(status.lastSampleMs === null ? [] : [t("wall.rollTime", { time: time(status.lastSampleMs) })]),
    ...(status.simulated ? [t("wall.rollSimulated")] : []),
    ...(site.illustrative ? [t("wall.rollIllustrative")] : []),
  ];
};
