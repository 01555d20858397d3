import { flowColors } from "#renderer/data/energyFlow.ts";
import { usePoint } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { LegendHead } from "#renderer/ui/Legend.tsx";
import { lookOf } from "#renderer/ui/look.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Sources that have a colour of their own. */
const sources = ["grid", "wind", "pv", "storage"] as const;
/** Powers that the width of a ribbon is told by, MW. */
const widths = [20, 50, 100] as const;

/** What gives less has no ribbon, kW: as in the scene (ribbonPaths.ts). */
const leastKw = 50;

/** Ribbons of power: colour is where it comes from, width how much. What else they say stands in the panel beside them. */
export const FlowLegend = () => {
  const t = useT();
  const sun = usePoint(siteOf(useServices().twin), "pvPower");
  const isDark = typeof sun?.value === "number" && lookOf(sun) === "good" && sun.value < leastKw;
  return (
    <div className="legend flow-legend">
      <LegendHead title={t("subject.flow")} />
      <ul className="flow-sources">
        {sources.map((id) => (
          <li key={id}>
            <span className="flow-chip" style={{ background: `rgb(${flowColors[id].join(" ")})` }} />
            {t(`energy.end.${id}`)}
            {id === "pv" && isDark && <span className="dim">{t("energy.scene.idle")}</span>}
          </li>
        ))}
      </ul>
      <ul className="flow-widths" aria-label={t("energy.scene.ribbonText")}>
        {widths.map((mw) => (
          <li key={mw}>
            <span className="flow-bar" style={{ height: `${mw * 0.22}px` }} />
            {`${mw} MW`}
          </li>
        ))}
        <li>
          <span className="flow-store" />
          {t("energy.scene.charge")}
        </li>
      </ul>
    </div>
  );
};
