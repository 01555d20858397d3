import type { ScenarioShown } from "#feed/contract/scenario.ts";
import type { Drill } from "./drill.ts";
import { formatNumber } from "./format.ts";
import { Mark } from "./Mark.tsx";
import { useGuide, useServices } from "./services.tsx";
import { useLanguage, useLocal, useT } from "./text.ts";
import { formatElapsed, formatSiteDate, formatSiteTime } from "./time.ts";

/** The word that keeps a drill from being mistaken for what happens: on every strip, always. */
export const DrillWord = ({ origin }: Pick<ScenarioShown, "origin">) => {
  const t = useT();
  const text = t(origin === "trace" ? "drill.traceWord" : "drill.word");
  return <Mark kind="demo" text={text} tip={t("drill.wordTip")} />;
};

/** The plant's clock, how far it is, how fast it runs. */
export const DrillClock = ({ shown: { state }, moment }: Drill) => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const { plantMs, elapsedS, isSilent } = moment;
  const duration = formatElapsed(state.durationS).slice(2);
  return (
    <span className="drill-clock" data-silent={isSilent || undefined}>
      <time dateTime={new Date(plantMs).toISOString()} title={t("drill.plantTime")}>
        <span className="dim">{formatSiteDate(language, plantMs, utcOffsetMin)}</span>
        <b>{formatSiteTime(plantMs, utcOffsetMin)}</b>
      </time>
      <span>{t("drill.progress", { elapsed: formatElapsed(elapsedS), duration })}</span>
      <b title={t("drill.speed", { n: formatNumber(state.speed) })}>×{formatNumber(state.speed)}</b>
    </span>
  );
};

/**
 * How far the scenario is, with its events: a point of a published timeline is a solid tall mark, one of ours a hollow
 * short one. No circles: their shape is an alarm's (UX §2).
 */
export const DrillLine = ({ shown: { state }, moment }: Drill) => {
  const t = useT();
  const local = useLocal();
  const { durationS, events } = state;
  const at = (seconds: number): string => `${Math.min(100, (seconds / durationS) * 100)}%`;
  const { elapsedS } = moment;
  return (
    <div
      className="drill-line"
      role="progressbar"
      aria-label={local(state.title)}
      aria-valuemin={0}
      aria-valuemax={durationS}
      aria-valuenow={Math.floor(elapsedS)}
      aria-valuetext={formatElapsed(elapsedS)}
    >
      <span className="drill-passed" style={{ width: at(elapsedS) }} />
      {events.map(({ atS, kind, say }, index) => (
        <span
          key={`${atS} ${say.en}`}
          className="drill-mark"
          data-kind={kind}
          data-come={index <= moment.event || undefined}
          style={{ left: at(atS) }}
          title={`${formatElapsed(atS)} ${t(`drill.${kind}`)}: ${local(say)}`}
        />
      ))}
      <span className="drill-now" style={{ left: at(elapsedS) }} />
    </div>
  );
};

/** What the marks on the line mean; only those that are there. */
export const DrillLegend = ({ shown: { state } }: Drill) => {
  const t = useT();
  const kinds = (["public", "simulated"] as const).filter((kind) =>
    state.events.some((event) => event.kind === kind),
  );
  return (
    <ul className="drill-legend">
      {kinds.map((kind) => (
        <li key={kind}>
          <span className="drill-mark" data-kind={kind} data-come aria-hidden="true" />
          {t(`drill.${kind}`)}
        </li>
      ))}
    </ul>
  );
};

/** What is happening, in one sentence; or that nobody knows. */
export const DrillSay = ({ event, shown, moment }: Drill) => {
  const t = useT();
  const local = useLocal();
  if (moment.isSilent) return <p className="drill-say">{t("drill.silent")}</p>;
  return (
    <p className="drill-say" aria-live="polite">
      {event ? local(event.say) : local(shown.state.summary)}
    </p>
  );
};

/** What comes next, as the course of events has it. */
export const DrillNext = ({ next, moment }: Drill) => {
  const t = useT();
  const local = useLocal();
  if (moment.hasEnded) return <span className="drill-next">{t("drill.ended")}</span>;
  if (!next) return <span className="drill-next">{t("drill.last")}</span>;
  const text = t("drill.next", { time: formatElapsed(next.atS), say: local(next.say) });
  return (
    <span className="drill-next" title={text}>
      {text}
    </span>
  );
};

/** The view that the camera was led to, and what there is to see. */
export const DrillView = ({ shown: { state } }: Drill) => {
  const t = useT();
  const local = useLocal();
  const led = useGuide((guide) => guide.led);
  const view = led === null ? undefined : state.views[led];
  if (led === null || !view) return null;
  const place = { n: led + 1, count: state.views.length };
  return (
    <span className="drill-view">
      {view.say ? t("drill.viewSay", { ...place, say: local(view.say) }) : t("drill.view", place)}
    </span>
  );
};
