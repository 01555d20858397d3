import { useState } from "react";
import type { CurvesState } from "#feed/contract/replay.ts";
import { formatShare } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** How far the curves for long ranges are, and what may be done about them: they cost room, and can be made again. */
export const CurvesLine = ({ curves }: { curves: CurvesState }) => {
  const t = useT();
  const { bridge } = useServices();
  const [answered, setAnswered] = useState<CurvesState | null>(null);
  const { state, progress } = answered ?? curves;
  const ask = (action: "stop" | "build" | "remove") => (): void =>
    void bridge.request("log.curves", { action }).then(setAnswered, () => setAnswered(null));
  return (
    <div className="timeline-export-progress timeline-export-note">
      <span className="dim">{t(`export.curves.${state}`, { share: formatShare(progress, 0) })}</span>
      <span className="status-space" />
      {state === "building" && (
        <button type="button" className="tool" onClick={ask("stop")}>
          {t("export.curvesStop")}
        </button>
      )}
      {(state === "stopped" || state === "removed") && (
        <button type="button" className="tool" onClick={ask("build")}>
          {t("export.curvesBuild")}
        </button>
      )}
      {(state === "whole" || state === "stopped") && (
        <button type="button" className="tool" onClick={ask("remove")}>
          {t("export.curvesRemove")}
        </button>
      )}
    </div>
  );
};
