import type { CSSProperties } from "react";
import { useEffect } from "react";
import { useFeedSecond } from "#renderer/ui/clock.ts";
import { FlowLegend } from "#renderer/ui/energy/FlowLegend.tsx";
import { Icon } from "#renderer/ui/Icon.tsx";
import { Legend } from "#renderer/ui/Legend.tsx";
import { OutageText } from "#renderer/ui/OutageText.tsx";
import { outageOf } from "#renderer/ui/outage.ts";
import { useFeed, useView } from "#renderer/ui/services.tsx";
import { useDocumentLanguage } from "#renderer/ui/text.ts";
import { usualWall, type WallGeometry, wallSizes } from "./textSize.ts";
import { ComputeColumn, EnergyColumn } from "./WallColumns.tsx";
import { WallDrill } from "./WallDrill.tsx";
import { WallHead } from "./WallHead.tsx";
import { NetworkColumn, RegionColumn, WallEnergy } from "./WallRegion.tsx";
import { WallRoll } from "./WallRoll.tsx";

/** The display wall: title, two columns, a rolling line. No buttons, no cursor; the scene is the middle. */
export const Wall = ({ geometry = usualWall }: { geometry?: WallGeometry }) => {
  useWallDocument();
  const isRegion = useView(({ level }) => level === "region");
  const hasRibbons = useView(({ energy, level }) => energy && level === "campus");
  const { small, body, large } = wallSizes(geometry);
  const sizes: CSSProperties & Record<`--size-${string}`, string> = {
    "--size-small": `${small}px`,
    "--size-body": `${body}px`,
    "--size-large": `${large}px`,
  };
  return (
    <main className="wall" style={sizes}>
      <WallHead />
      {isRegion ? <RegionColumn /> : <EnergyColumn>{hasRibbons && <WallFlowKey />}</EnergyColumn>}
      <div className="wall-middle">
        <WallOutage />
        <WallDrill />
        {!isRegion && !hasRibbons && <WallMapKey />}
      </div>
      {isRegion ? (
        <NetworkColumn />
      ) : (
        <ComputeColumn isBrief={hasRibbons}>{hasRibbons && <WallEnergy />}</ComputeColumn>
      )}
      <WallRoll />
    </main>
  );
};

/** What the colours mean. */
const WallMapKey = () => (
  <div className="glass wall-card wall-legend">
    <Legend />
  </div>
);

/** What the ribbons mean: while they stand over the campus roofs tell nothing. */
const WallFlowKey = () => (
  <div className="glass wall-card wall-legend">
    <FlowLegend />
  </div>
);

const useWallDocument = (): void => {
  useDocumentLanguage();
  useEffect(() => {
    document.documentElement.dataset["mode"] = "wall";
    return () => {
      delete document.documentElement.dataset["mode"];
    };
  }, []);
};

/** The outage in the same words as on the desk, without a button: it goes when the data comes back. */
const WallOutage = () => {
  const facts = useFeed((feed) => feed);
  const nowMs = useFeedSecond();
  const outage = outageOf(facts, nowMs);
  if (!outage) return null;
  return (
    <section className="outage" aria-labelledby="outage-title">
      <Icon name="lost" size={40} />
      <div className="outage-body">
        <OutageText outage={outage} facts={facts} nowMs={nowMs} isPublic />
      </div>
    </section>
  );
};
