import { type RefObject, useEffect } from "react";
import type { Translate } from "#renderer/i18n/translate.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { formatQuantity, joinQuantity } from "#renderer/ui/format.ts";
import { type PanelServices, useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { formatSiteClock, formatSiteTime } from "#renderer/ui/time.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import { doubts, lastKnown } from "./doubts.ts";
import type { Group } from "./groups.ts";
import { type Readout, readoutAt } from "./readout.ts";
import type { TrendFeed } from "./trendFeed.ts";

/** Readouts are written so often at most. */
const everyMs = 100;

/** Minutes east of UTC of the times that are shown: the site's, or none. */
export const useOffset = (): number => {
  const { utcOffsetMin } = useServices().twin.site;
  return useView((view) => view.clock) === "utc" ? 0 : utcOffsetMin;
};

/** The moment that is read: under the pointer, else the cursor's; null in the present, where it is the newest. */
export const readMoment = ({
  timeline,
  player,
}: Pick<PanelServices, "timeline" | "player">): number | null => {
  const { hoverMs, cursorMs } = timeline.getState();
  return hoverMs ?? cursorMs ?? (player.state.mode === "paused" ? player.cursorMs : null);
};

/** What a curve says of a moment; of the newest that is known where there is none. Null: nothing. */
export const readCurve = (feed: TrendFeed, index: number, timeMs: number | null): Readout | null => {
  const { picture } = feed.facts;
  const series = picture?.series[index];
  if (!picture || !series) return null;
  return readoutAt(picture, series, timeMs ?? picture.fromMs + (lastKnown(series) + 0.5) * picture.stepMs);
};

/** When the newest bucket of all curves ends, ms UTC; null while nothing is known. */
export const newestMs = (feed: TrendFeed): number | null => {
  const { picture } = feed.facts;
  if (!picture) return null;
  const last = Math.max(-1, ...picture.series.map(lastKnown));
  return last < 0 ? null : picture.fromMs + (last + 1) * picture.stepMs;
};

export interface Words {
  readonly t: Translate;
  readonly language: "zh" | "en";
  readonly offsetMin: number;
}

const quantity = (value: number, metric: MetricSpec, { language }: Words): string => {
  const state = metric.states?.find(({ code }) => code === value);
  if (state) return state[language];
  return joinQuantity(formatQuantity(value, metric.unit, { language, resolution: metric.resolution }));
};

/** A readout in words: its value, the reach within the bucket, and what is doubtful. Each may be empty. */
export const readoutText = (
  readout: Readout | null,
  metric: MetricSpec,
  words: Words,
): { readonly value: string; readonly span: string; readonly doubt: string } => {
  const { t, offsetMin } = words;
  if (!readout) return { value: t("trends.none"), span: "", doubt: "" };
  const { last, min, max, held } = readout;
  const doubt = readout.doubt === 0 ? "" : t(`trends.doubt.${doubts[readout.doubt] ?? "unknown"}`);
  if (held) {
    const time = formatSiteTime(held.sinceMs, offsetMin);
    return { value: t("trends.held", { value: quantity(held.value, metric, words), time }), span: "", doubt };
  }
  if (last === null) return { value: t("trends.none"), span: "", doubt };
  const hasSpan = min !== null && max !== null && min !== max && !metric.states;
  const span = hasSpan
    ? t("trends.span", { min: quantity(min, metric, words), max: quantity(max, metric, words) })
    : "";
  return { value: quantity(last, metric, words), span, doubt };
};

export const useWords = (): Words => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  return { t, language, offsetMin };
};

/** Calls back, ten times a second at most, when what is read may have changed. */
export const useReadings = (feed: TrendFeed, write: () => void): void => {
  const { timeline, player } = useServices();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        write();
      }, everyMs);
    };
    write();
    const stops = [feed.onChange(soon), timeline.subscribe(soon), player.onChange(soon)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [feed, timeline, player, write]);
};

/** Says by the slider's attributes what is read, for those who hear it. */
export const useReading = ({
  ref,
  groups,
  feed,
}: {
  readonly ref: RefObject<HTMLElement | null>;
  readonly groups: readonly Group[];
  readonly feed: TrendFeed;
}): void => {
  const services = useServices();
  const local = useLocal();
  const words = useWords();
  const { t, language, offsetMin } = words;
  useReadings(feed, () => {
    const { fromMs, toMs } = services.timeline.getState();
    const moment = readMoment(services);
    const timeMs = moment ?? newestMs(feed) ?? toMs;
    const values = groups.flatMap(({ curves }) =>
      curves.map(({ point, metric, index }) => {
        const { value, doubt } = readoutText(readCurve(feed, index, moment), metric, words);
        return `${local(nameOf(services.twin, point))} ${metric.name[language]} ${value} ${doubt}`;
      }),
    );
    const time = formatSiteClock(language, timeMs, offsetMin);
    ref.current?.setAttribute("aria-valuemin", String(Math.round(fromMs)));
    ref.current?.setAttribute("aria-valuemax", String(Math.round(toMs)));
    ref.current?.setAttribute("aria-valuenow", String(Math.round(timeMs)));
    ref.current?.setAttribute("aria-valuetext", [t("trends.at", { time }), ...values].join("; "));
  });
};
