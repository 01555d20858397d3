import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock, formatSiteMoment } from "#renderer/ui/time.ts";
import { useOffset, usePlayerFact } from "./context.tsx";

/** The cursor is in a pause of the recording: from when to when, and how old what is shown is. */
export const GapBanner = () => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const fromMs = usePlayerFact(({ replay }) => replay?.gap?.fromMs ?? null);
  const toMs = usePlayerFact(({ replay }) => replay?.gap?.toMs ?? null);
  const asOfMs = usePlayerFact(({ replay }) => replay?.asOfMs ?? null);
  if (fromMs === null || toMs === null) return null;
  const clock = (timeMs: number): string =>
    formatSiteMoment(language, timeMs, { nowMs: fromMs, utcOffsetMin: offsetMin });
  const gap = { from: formatSiteClock(language, fromMs, offsetMin), to: clock(toMs) };
  return (
    <p className="timeline-gap" role="status">
      {asOfMs === null ? t("timeline.gapUnknown", gap) : t("timeline.gap", { ...gap, asOf: clock(asOfMs) })}
    </p>
  );
};
