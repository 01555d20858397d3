import { heatmapIds } from "#renderer/data/heatmaps.ts";
import { FlowLegend } from "#renderer/ui/energy/FlowLegend.tsx";
import { unitName } from "#renderer/ui/format.ts";
import { Legend } from "#renderer/ui/Legend.tsx";
import { RegionKey } from "#renderer/ui/region/RegionParts.tsx";
import { SlimScale } from "#renderer/ui/SlimScale.tsx";
import { StripLegend } from "#renderer/ui/StripLegend.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { useScale } from "#renderer/ui/zoom.ts";
import { RackTrend } from "./subject/RackTrend.tsx";
import { SolarLegend } from "./subject/SolarLegend.tsx";
import { StorageLegend } from "./subject/StorageLegend.tsx";
import { WindLegend } from "./subject/WindLegend.tsx";

const legends = {
  energy: FlowLegend,
  solar: SolarLegend,
  wind: WindLegend,
  storage: StorageLegend,
} as const;

/**
 * What is shown by colour, which colours, and how doubt looks: of what the picture is about first, the heat map of racks
 * in one line below it, where roofs show it (not below ribbons, not from among turbines or tables). From far away the key of the region's diagram.
 */
export const MapCard = () => {
  const shown = useView(({ level, energy, subject }) => {
    if (level === "region") return "region";
    return energy && level === "campus" ? "energy" : subject;
  });
  const hasRoofs = useView(({ seesRoofs }) => seesRoofs) && shown !== "energy";
  if (shown === "region")
    return (
      <section className="glass map-card">
        <RegionKey />
      </section>
    );
  if (shown === "halls")
    return (
      <section className="glass map-card">
        <StripLegend />
        <HeatmapSwitch />
        <Legend hasReading />
        <RackTrend />
      </section>
    );
  const Subject = legends[shown];
  return (
    <section className="glass map-card">
      <Subject />
      {shown === "energy" && <StripLegend />}
      {hasRoofs && <FoldedHeatmap />}
    </section>
  );
};

/** The heat map of racks while something else leads: its colours stay told; a click unfolds the choice. */
const FoldedHeatmap = () => {
  const t = useT();
  const language = useLanguage();
  const heatmap = useScale(useView((state) => state.heatmap));
  const range = { low: heatmap.range[0], high: heatmap.range[1] };
  return (
    <details className="folded-map">
      <summary>
        <SlimScale
          label={t(`heatmap.legend.${heatmap.id}`)}
          range={t("legend.range", range)}
          scaled={heatmap}
          unit={unitName(heatmap.unit, language)}
        />
      </summary>
      <HeatmapSwitch />
    </details>
  );
};

/** Chooses the heat map; keys 1 to 4 do the same. */
const HeatmapSwitch = () => {
  const t = useT();
  const { view } = useServices();
  const shown = useView((state) => state.heatmap);
  return (
    <fieldset className="segments" aria-label={t("heatmap.group")}>
      {heatmapIds.map((id, index) => (
        <button
          key={id}
          type="button"
          aria-pressed={shown === id}
          title={t("heatmap.tip", { name: t(`heatmap.${id}`), key: index + 1 })}
          onClick={() => view.setState({ heatmap: id })}
        >
          {t(`heatmap.${id}`)}
        </button>
      ))}
    </fieldset>
  );
};
