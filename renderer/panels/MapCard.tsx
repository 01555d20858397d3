import { heatmapIds } from "#renderer/data/heatmaps.ts";
import { Legend } from "#renderer/ui/Legend.tsx";
import { RegionKey } from "#renderer/ui/region/RegionParts.tsx";
import { StripLegend } from "#renderer/ui/StripLegend.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** What is shown by colour, which colours, and how doubt looks; from far away the key of the region's diagram. */
export const MapCard = () => {
  const isRegion = useView(({ level }) => level === "region");
  return (
    <section className="glass map-card">
      {isRegion ? (
        <RegionKey />
      ) : (
        <>
          <StripLegend />
          <HeatmapSwitch />
          <Legend hasReading />
        </>
      )}
    </section>
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
