import { useState } from "react";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { FaultKinds } from "./FaultKinds.tsx";
import { FaultyPoints } from "./FaultyPoints.tsx";
import { QualitySummary } from "./QualitySummary.tsx";

const views = ["byPoint", "byKind"] as const;
type View = (typeof views)[number];

/** How far the data can be trusted: the whole first, then the points that need somebody, worst first, or faults by kind. */
export const DataQuality = () => {
  const t = useT();
  const { bridge } = useServices();
  const [view, setView] = useState<View>("byPoint");
  const [text, setText] = useState("");
  return (
    <>
      <QualitySummary />
      <div className="drawer-tools">
        <fieldset className="segments" aria-label={t("dataQuality.view")}>
          {views.map((each) => (
            <button key={each} type="button" aria-pressed={each === view} onClick={() => setView(each)}>
              {t(`dataQuality.${each}`)}
            </button>
          ))}
        </fieldset>
        {view === "byPoint" && (
          <input
            type="search"
            className="filter"
            aria-label={t("dataQuality.search")}
            placeholder={t("dataQuality.search")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <button
          type="button"
          className="button tools-end"
          onClick={() => void bridge.request("faults.clear", {}).catch(() => undefined)}
        >
          {t("faults.clear")}
        </button>
      </div>
      {view === "byPoint" ? <FaultyPoints text={text} /> : <FaultKinds />}
    </>
  );
};
