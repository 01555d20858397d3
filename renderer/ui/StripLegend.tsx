import { SlimScale } from "./SlimScale.tsx";
import { useView } from "./services.tsx";
import { useT } from "./text.ts";
import { useScale } from "./zoom.ts";

/** Legend of the strips that solar tables carry on their ridge, in one line; there while they are shown. */
export const StripLegend = () => {
  const t = useT();
  const scaled = useScale("pvTable");
  const isShown = useView(({ nearSolar }) => nearSolar);
  if (!isShown) return null;
  return (
    <SlimScale
      label={t("energy.scene.strip")}
      range={t("energy.scene.stripRange")}
      scaled={scaled}
      unit="kW"
    />
  );
};
