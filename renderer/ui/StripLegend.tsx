import { tableStrip } from "#renderer/data/energyFlow.ts";
import { SlimScale } from "./SlimScale.tsx";
import { useView } from "./services.tsx";
import { useT } from "./text.ts";

/** Legend of the strips that solar tables carry on their ridge, in one line; there while they are shown. */
export const StripLegend = () => {
  const t = useT();
  const isShown = useView(({ nearSolar }) => nearSolar);
  if (!isShown) return null;
  return (
    <SlimScale
      label={t("energy.scene.strip")}
      range={t("energy.scene.stripRange")}
      scaled={tableStrip}
      unit="kW"
    />
  );
};
