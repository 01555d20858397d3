import { useKpi } from "#renderer/stores/points.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { PointDigits, PointMarks } from "#renderer/ui/PointValue.tsx";
import { useGuide, useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Where the ten-thousand-card cluster stands in the twin, and the scenario that plays on it. */
const place = "f/b01";
const scenario = "gpu-training-swing";

/** A training job as steps of a building's power: live, and the way to the scenario. */
export const SwingFigure = () => {
  const t = useT();
  const { twin, view } = useServices();
  const asset = twin.find(place);
  const point = useKpi("itPower", asset);
  const playing = useGuide(({ shown }) => shown?.state.id === scenario);
  if (!asset) return null;
  return (
    <>
      <p className="figure-live">
        <span>{t("figure.swingNow")}</span>
        <PointDigits point={point} />
        <PointMarks point={point} />
        <button type="button" className="tool" onClick={() => flyTo(view, asset)}>
          <Icon name="fly" size={14} />
          {t("facts.where")}
        </button>
      </p>
      <p className="dim">{t(playing ? "figure.swingPlaying" : "figure.swingHow")}</p>
      {!playing && <code className="command">{`npm start -- --scenario ${scenario}`}</code>}
    </>
  );
};
