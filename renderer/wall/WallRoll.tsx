import type { FeedStatus } from "#feed/contract/status.ts";
import type { Language, Translate } from "#renderer/i18n/translate.ts";
import { formatCount, formatShare } from "#renderer/ui/format.ts";
import { useFeed, useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteTime } from "#renderer/ui/time.ts";
import { useTurn } from "./useTurn.ts";

/** Each message stays long enough to be read from the back row. */
const turnMs = 7_000;

interface Site {
  readonly illustrative: boolean;
  readonly utcOffsetMin: number;
}

/** What the rolling line says, abnormal things first; only facts that hold right now. */
const messagesOf = (
  status: FeedStatus,
  site: Site,
  words: { t: Translate; language: Language },
): string[] => {
  const { t, language } = words;
  const late = status.publishers
    .filter(({ state }) => state === "late")
    .map(({ id }) => t("wall.rollPublisherLate", { publisher: id }));
  const stale =
    status.points.stale > 0
      ? [t("wall.rollStale", { points: formatCount(status.points.stale, language) })]
      : [];
  const isLive = status.source.state === "live";
  return [
    ...late,
    ...stale,
    ...(isLive ? [t("wall.rollLive", { rate: formatCount(status.rates.pointsPerSec, language) })] : []),
    ...(status.coverage === null ? [] : [t("wall.rollCoverage", { coverage: formatShare(status.coverage) })]),
    t("wall.rollKnown", { points: formatCount(status.points.known, language) }),
    ...(status.lastSampleMs === null
      ? []
      : [t("wall.rollTime", { time: formatSiteTime(status.lastSampleMs, site.utcOffsetMin) })]),
    ...(status.simulated ? [t("wall.rollSimulated")] : []),
    ...(site.illustrative ? [t("wall.rollIllustrative")] : []),
  ];
};

/** Short messages one after the other; three at a time, so that the eye need not chase them. */
export const WallRoll = () => {
  const t = useT();
  const language = useLanguage();
  const { illustrative, site } = useServices().twin;
  const status = useFeed((feed) => feed.status);
  const turn = useTurn(turnMs);
  const words = { t, language };
  const messages = status
    ? messagesOf(status, { illustrative, utcOffsetMin: site.utcOffsetMin }, words)
    : [t("status.waiting")];
  const shown = Array.from(
    { length: Math.min(3, messages.length) },
    (_, i) => messages[(turn + i) % messages.length]!,
  );
  return (
    <section className="glass wall-roll" aria-label={t("wall.roll")}>
      {shown.map((message) => (
        <span key={message}>{message}</span>
      ))}
    </section>
  );
};
