import { legendColor } from "#renderer/data/colormap.ts";
import { tableStrip } from "#renderer/data/energyFlow.ts";
import { useView } from "./services.tsx";
import { useT } from "./text.ts";

const stops = 33;
const [low, high] = tableStrip.range;
const gradient = `linear-gradient(to right, ${Array.from({ length: stops }, (_, i) => {
  const [r, g, b] = legendColor(tableStrip, low + ((high - low) * i) / (stops - 1));
  return `rgb(${r} ${g} ${b})`;
}).join(",")})`;

/** Legend of the strips that solar tables carry on their ridge; there while they are shown. */
export const StripLegend = () => {
  const t = useT();
  const isShown = useView(({ energy, nearSolar }) => energy || nearSolar);
  if (!isShown) return null;
  return (
    <div className="strip-legend">
      <span>{t("energy.scene.strip")}</span>
      <span aria-hidden="true">{low}</span>
      <span
        className="energy-strip"
        style={{ backgroundImage: gradient }}
        role="img"
        aria-label={t("energy.scene.stripRange")}
      />
      <span aria-hidden="true">{high} kW</span>
    </div>
  );
};
