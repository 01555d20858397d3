import { useEffect, useState } from "react";
import { formatNumber } from "#renderer/ui/format.ts";
import { useServices, useView, type ViewGauge } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { Minimap } from "./Minimap.tsx";
import { roundLength } from "./roundLength.ts";
import { ToolRow } from "./ToolRow.tsx";
import { WalkHint } from "./WalkTool.tsx";

/** Plan in small, north arrow, scale bar, and the tools of the view. */
export const ViewTools = () => {
  const t = useT();
  const level = useView((state) => state.level);
  const panels = useView((state) => state.panels);
  const gauge = useGauge();
  return (
    <section className="view-tools" aria-label={t("view.group")}>
      {panels === "all" && <Minimap />}
      {gauge && (
        <div className="glass gauges">
          <NorthArrow headingDeg={gauge.headingDeg} />
          {/* The region's distances are round trips: a bar in kilometres would lie. */}
          {level !== "region" && <ScaleBar metresPerPixel={gauge.metresPerPixel} />}
        </div>
      )}
      <WalkHint />
      <ToolRow />
    </section>
  );
};

/** The camera's bearing and scale, looked at four times a second; null until the scene stands. */
const useGauge = (): ViewGauge | null => {
  const { gauge } = useServices();
  const [shown, setShown] = useState<ViewGauge | null>(null);
  useEffect(() => {
    if (!gauge) return;
    const look = (): void => {
      const now = gauge();
      setShown((last) =>
        last && now && last.headingDeg === now.headingDeg && last.metresPerPixel === now.metresPerPixel
          ? last
          : now,
      );
    };
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [gauge]);
  return shown;
};

/** Points to north on screen. */
const NorthArrow = ({ headingDeg }: { headingDeg: number }) => {
  const t = useT();
  const northDeg = (360 - (Math.round(headingDeg) % 360)) % 360;
  return (
    <div className="north" role="img" aria-label={t("view.north", { degrees: northDeg })}>
      <svg width="28" height="28" viewBox="-14 -14 28 28" aria-hidden="true">
        <g transform={`rotate(${northDeg})`}>
          <path className="north-needle" d="M0-13 5 2H-5z" />
          <path className="north-tail" d="M0 13 5 2H-5z" />
        </g>
      </svg>
      <span aria-hidden="true">{t("view.northMark")}</span>
    </div>
  );
};

const lengthText = (metres: number): string =>
  metres >= 1000
    ? `${formatNumber(metres / 1000)} km`
    : metres >= 1
      ? `${formatNumber(metres)} m`
      : `${formatNumber(metres * 100)} cm`;

const maxBarPx = 140;

/** A round length at the scale of the camera's target. */
const ScaleBar = ({ metresPerPixel }: { metresPerPixel: number }) => {
  const t = useT();
  const isToScale = useView(({ subject }) => subject !== "wind");
  if (!(metresPerPixel > 0) || !Number.isFinite(metresPerPixel)) return null;
  // The wind inset is none: a length would be true of nothing there but the machines themselves.
  if (!isToScale) return <span className="scale">{t("subject.noScale")}</span>;
  const metres = roundLength(metresPerPixel * maxBarPx);
  const length = lengthText(metres);
  return (
    <div className="scale" role="img" aria-label={t("view.scale", { length })}>
      <span aria-hidden="true">
        {length} <span className="dim">{t("view.scaleAt")}</span>
      </span>
      <span className="scale-bar" style={{ width: metres / metresPerPixel }} />
    </div>
  );
};
