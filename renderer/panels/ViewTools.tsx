import { useEffect, useState } from "react";
import { toggleLibrary } from "#renderer/stores/library.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices, useTrends, useView, type ViewGauge } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { CameraMenu } from "./CameraMenu.tsx";
import { Minimap } from "./Minimap.tsx";
import { roundLength } from "./roundLength.ts";
import { WalkHint, WalkTool } from "./WalkTool.tsx";

/** X-ray, home, saved cameras, trend charts, published facts, energy flows, fewer panels, north arrow and scale bar. */
export const ViewTools = () => {
  const t = useT();
  const { twin, view, trends } = useServices();
  const hasTrends = useTrends(({ isOpen }) => isOpen);
  const hasLibrary = useView(({ library }) => library !== null);
  const hasEnergy = useView(({ energy }) => energy);
  const isXray = useView((state) => state.xray);
  const level = useView((state) => state.level);
  const hasDispatch = useView((state) => state.dispatch);
  const hasCentres = twin.table("centre").count > 1;
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
      <div className="glass tool-row">
        <button
          type="button"
          className="tool"
          aria-pressed={isXray}
          title={t("view.xrayTip")}
          onClick={() => view.setState({ xray: !isXray })}
        >
          <Icon name="xray" />
          {t("view.xray")}
        </button>
        <button type="button" className="tool" title={t("view.homeTip")} onClick={() => flyTo(view, "home")}>
          <Icon name="home" />
          {t("view.home")}
        </button>
        <button
          type="button"
          className="tool"
          aria-pressed={hasTrends}
          title={t("trends.showTip")}
          onClick={() => trends.setState({ isOpen: !hasTrends })}
        >
          <Icon name="trend" />
          {t("trends.show")}
        </button>
        <button
          type="button"
          className="tool"
          aria-pressed={hasLibrary}
          title={t("library.showTip")}
          onClick={() => toggleLibrary(view)}
        >
          <Icon name="book" />
          {t("library.show")}
        </button>
        <WalkTool />
        <button
          type="button"
          className="tool"
          aria-pressed={hasEnergy}
          title={t("energy.showTip")}
          onClick={() => view.setState({ energy: !hasEnergy })}
        >
          <Icon name="flow" />
          {t("energy.show")}
        </button>
        {hasCentres && (
          <button
            type="button"
            className="tool"
            aria-pressed={hasDispatch}
            title={t("dispatch.showTip")}
            onClick={() => view.setState({ panels: "all", dispatch: !hasDispatch })}
          >
            <Icon name="network" />
            {t("dispatch.show")}
          </button>
        )}
        <CameraMenu />
        <button
          type="button"
          className="tool"
          aria-pressed={panels === "few"}
          title={t("view.panelsTip")}
          onClick={() => view.setState({ panels: panels === "all" ? "few" : "all" })}
        >
          <Icon name="frame" />
          {t("view.panels")}
        </button>
      </div>
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
  if (!(metresPerPixel > 0) || !Number.isFinite(metresPerPixel)) return null;
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
