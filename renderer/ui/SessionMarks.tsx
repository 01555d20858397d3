import type { ReactNode } from "react";
import { Mark } from "./Mark.tsx";
import { useFeed, useServices, useView } from "./services.tsx";
import { useT } from "./text.ts";

/** Everything that keeps this picture from being mistaken for a measured plant. */
export const SessionMarks = ({ children }: { children?: ReactNode }) => {
  const t = useT();
  const { session, twin, resetDemo } = useServices();
  const mode = useView((view) => view.mode);
  const isSimulated = useFeed((feed) => feed.status?.simulated ?? false);
  const isTrace = useFeed((feed) => feed.status?.trace ?? false);
  const isDemo = session.demo || mode === "demo";
  return (
    <div className="session-marks">
      {isDemo && <Mark kind="demo" text={t("mark.demo")} tip={t("mark.demoTip")} />}
      {isSimulated && <Mark kind="simulated" text={t("mark.simulated")} tip={t("mark.simulatedTip")} />}
      {isTrace && <Mark kind="simulated" text={t("mark.trace")} tip={t("mark.traceTip")} />}
      {twin.illustrative && <Mark text={t("mark.illustrative")} tip={t("mark.illustrativeTip")} />}
      {children}
      {mode === "demo" && resetDemo && (
        <button type="button" className="button" onClick={resetDemo}>
          {t("demo.reset")}
        </button>
      )}
    </div>
  );
};
