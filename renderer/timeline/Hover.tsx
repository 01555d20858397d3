import { formatNumber, formatShare } from "#renderer/ui/format.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock, formatSiteTime } from "#renderer/ui/time.ts";
import { useOffset } from "./context.tsx";
import { eventText } from "./eventText.ts";
import { type Facts, factsAt } from "./facts.ts";
import type { LaneData } from "./model.ts";
import { alarmGlyphs } from "./palette.ts";
import { usePlaceName } from "./usePlaceName.ts";

/** Where the pointer is, in the canvas's pixels. */
export interface HoverAt {
  readonly x: number;
  readonly timeMs: number;
  /** How far an event still counts, ms. */
  readonly reachMs: number;
  /** Width of the canvas, CSS pixels. */
  readonly width: number;
}

/** Words at the pointer: what the lanes say of its moment. The lanes have the same for readers in the lists. */
export const Hover = ({ at, data }: { at: HoverAt; data: LaneData }) => {
  const language = useLanguage();
  const offsetMin = useOffset();
  const facts = factsAt(data, at.timeMs, at.reachMs);
  const isRight = at.x > at.width * 0.6;
  return (
    <div
      className="glass timeline-hover"
      data-side={isRight ? "left" : "right"}
      style={isRight ? { right: at.width - at.x + 12 } : { left: at.x + 12 }}
      aria-hidden="true"
    >
      <b>{formatSiteClock(language, at.timeMs, offsetMin)}</b>
      <Known facts={facts} />
      <Happened facts={facts} />
    </div>
  );
};

const Known = ({ facts }: { facts: Facts }) => {
  const t = useT();
  const offsetMin = useOffset();
  const placeName = usePlaceName();
  const { pause, isBeyond, fresh, drops, faults, alarms } = facts;
  if (pause)
    return (
      <span>
        {t("timeline.at.pause", {
          from: formatSiteTime(pause.fromMs, offsetMin),
          to: formatSiteTime(pause.toMs, offsetMin),
        })}
      </span>
    );
  if (isBeyond) return <span className="dim">{t("timeline.at.beyond")}</span>;
  return (
    <>
      {fresh !== null && <span className="dim">{t("timeline.at.fresh", { share: formatShare(fresh) })}</span>}
      {drops > 0 && <span>{t("timeline.at.drops", { n: formatNumber(drops) })}</span>}
      {faults > 0 && <span>{t("timeline.at.faults", { n: formatNumber(faults) })}</span>}
      {alarms.map(({ priority, count, places }) => (
        <span key={priority} className="timeline-hover-alarm">
          <i className="timeline-glyph" data-priority={priority}>
            {alarmGlyphs[priority]}
          </i>
          {t("timeline.at.alarms", {
            priority: t(`timeline.priority.${priority}`),
            n: formatNumber(count),
            places: places.slice(0, 3).map(placeName).join(" · "),
          })}
        </span>
      ))}
    </>
  );
};

const Happened = ({ facts: { events, moreEvents, marks } }: { facts: Facts }) => {
  const t = useT();
  const offsetMin = useOffset();
  const placeName = usePlaceName();
  return (
    <>
      {events.map((event) => (
        <span key={`${event.timeMs} ${event.code} ${event.about}`}>
          {event.priority && (
            <i className="timeline-glyph" data-priority={event.priority}>
              {alarmGlyphs[event.priority]}
            </i>
          )}
          <span className="dim">{formatSiteTime(event.timeMs, offsetMin)}</span>{" "}
          {eventText(t, event, placeName(event.about ?? ""))}
        </span>
      ))}
      {moreEvents > 0 && <span className="dim">{t("timeline.at.more", { n: moreEvents })}</span>}
      {marks.map(({ id, text }) => (
        <span key={id} className="timeline-hover-mark">
          {text}
        </span>
      ))}
    </>
  );
};
