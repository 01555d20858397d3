import { useCallback, useRef } from "react";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatOffset, formatSiteDate, formatSiteTime } from "#renderer/ui/time.ts";
import { tenthText } from "./clockText.ts";
import { useConducted, useConductor, useCursorMoves, useOffset, usePlayerFact } from "./context.tsx";

/** Whether this is the present, and the way back to it: never to be mistaken. */
export const Badge = () => {
  const t = useT();
  const { player } = useServices();
  const conductor = useConductor();
  const mode = usePlayerFact((state) => state.mode);
  const canGoLive = mode === "paused" || (mode === "replay" && player.capabilities.live);
  return (
    <>
      <span className="timeline-badge" data-mode={mode} title={t(`timeline.${mode}Tip`)} role="status">
        {mode === "live" && <Icon name="live" />}
        {t(`timeline.${mode}`)}
      </span>
      {canGoLive && (
        <button
          type="button"
          className="button timeline-live"
          title={t("timeline.backToLiveTip")}
          onClick={() => conductor.act({ do: "live" })}
        >
          {t("timeline.backToLive")}
        </button>
      )}
    </>
  );
};

/** The exact moment that is shown; written without rendering, for it moves ten times a second. */
export const Readout = () => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const { player } = useServices();
  const conductor = useConductor();
  const isSeeking = useConducted((facts) => facts.isSeeking);
  const date = useRef<HTMLSpanElement>(null);
  const time = useRef<HTMLElement>(null);
  const write = useCallback(() => {
    const isLive = player.state.mode === "live";
    const timeMs = isLive ? player.cursorMs : conductor.aimMs;
    const say = (element: HTMLElement | null, text: string): void => {
      if (element && element.textContent !== text) element.textContent = text;
    };
    say(date.current, formatSiteDate(language, timeMs, offsetMin));
    say(time.current, isLive ? formatSiteTime(timeMs, offsetMin) : tenthText(timeMs, offsetMin));
  }, [player, conductor, language, offsetMin]);
  useCursorMoves(write);
  return (
    <span className="timeline-readout" title={t("timeline.shown")}>
      <span ref={date} className="dim timeline-date" />
      <b ref={time} className="timeline-time" />
      <ZoneSwitch />
      <span className="timeline-seeking" data-on={isSeeking || undefined}>
        {isSeeking && t("timeline.seeking")}
      </span>
    </span>
  );
};

/** Site time, or UTC, for everything of the recording. */
const ZoneSwitch = () => {
  const t = useT();
  const { view } = useServices();
  const zone = formatOffset(useOffset());
  return (
    <button
      type="button"
      className="timeline-zone"
      title={t("timeline.zone", { zone })}
      aria-label={t("timeline.zone", { zone })}
      onClick={() => view.setState(({ clock }) => ({ clock: clock === "site" ? "utc" : "site" }))}
    >
      {zone}
    </button>
  );
};
