import type { PointQuality } from "#feed/contract/bridge.ts";
import { faultText } from "#renderer/i18n/faults.ts";
import { formatCount } from "./format.ts";
import { useServices } from "./services.tsx";
import { useLanguage, useT } from "./text.ts";
import { formatSpan } from "./time.ts";

/** What is wrong with a point: each fault with its count, worst first, and how long it was or is silent. */
export const PointFaults = ({ point }: { point: PointQuality }) => {
  const t = useT();
  const language = useLanguage();
  const { feedMs } = useServices();
  const { faults, silentSinceMs, longestGapMs } = point;
  return (
    <span className="point-faults">
      {faults.map(({ code, count }) => {
        const { name, what, tip } = faultText(language, code);
        return (
          <span key={code} className="mark" title={`${what}\n${tip}`}>
            {name} <b>{formatCount(count, language)}</b>
          </span>
        );
      })}
      {silentSinceMs !== null ? (
        <span className="dim">
          {t("dataQuality.silentFor", { span: formatSpan(t, Math.max(0, feedMs() - silentSinceMs)) })}
        </span>
      ) : (
        longestGapMs > 0 && (
          <span className="dim">{t("dataQuality.longestGap", { span: formatSpan(t, longestGapMs) })}</span>
        )
      )}
    </span>
  );
};
