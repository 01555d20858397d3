import { type ReactNode, useEffect, useState } from "react";
import { heatmapIds } from "#renderer/data/heatmaps.ts";
import { toggleLibrary } from "#renderer/stores/library.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { toggleZoom } from "#renderer/stores/zoom.ts";
import { RegionTitle } from "#renderer/ui/region/RegionParts.tsx";
import { type PanelServices, useGuide, useServices, useView } from "#renderer/ui/services.tsx";
import { useDocumentLanguage } from "#renderer/ui/text.ts";
import { AssetTree } from "./AssetTree.tsx";
import { Breadcrumbs } from "./Breadcrumbs.tsx";
import { Drawer, type DrawerTab } from "./Drawer.tsx";
import { DrillStrip } from "./DrillStrip.tsx";
import { DispatchPanel } from "./dispatch/DispatchPanel.tsx";
import { EnergyPanel } from "./energy/EnergyPanel.tsx";

import { Library } from "./facts/Library.tsx";
import { Inspector } from "./Inspector.tsx";
import { KpiStrip } from "./KpiStrip.tsx";
import { MapCard } from "./MapCard.tsx";
import { OutageBanner } from "./OutageBanner.tsx";
import { PictureFigures } from "./PictureFigures.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { TopBar } from "./TopBar.tsx";
import { ViewTools } from "./ViewTools.tsx";

/**
 * Everything around the scene on a workstation or in a demo. The canvas lies below and shows through the middle.
 * @param tools what stands in the bar at the top, behind the search
 * @param trends curves below the scene
 * @param foot what stands at the foot, above the status bar
 */
export const Chrome = (props: { tools: ReactNode; trends: ReactNode; foot: ReactNode }) => {
  const { tools, trends, foot } = props;
  const [tab, setTab] = useState<DrawerTab | null>(null);
  useDocumentLanguage();
  useShortcuts(useServices());
  return (
    <div className="chrome">
      <TopBar tools={tools} />
      <KpiStrip />
      <AssetTree />
      <DispatchPanel />
      <main className="stage">
        <Breadcrumbs />
        <PictureFigures />
        <OutageBanner />
        <DrillStrip />
        <RegionHead />
        <div className="stage-space" />
        <div className="stage-foot">
          <MapCard />
          <ViewTools />
        </div>
        {trends}
        {tab && <Drawer tab={tab} onTab={setTab} onClose={() => setTab(null)} />}
      </main>
      <Inspector />
      <Library />
      <EnergyPanel />
      <div className="foot">
        {foot}
        <StatusBar onOpen={setTab} />
      </div>
    </div>
  );
};

/** Titles and figures as published, while the region is seen; a scenario's strip needs the room. */
const RegionHead = () => {
  const isRegion = useView(({ level }) => level === "region");
  const isDrill = useGuide(({ shown }) => shown !== null);
  return isRegion && !isDrill ? <RegionTitle /> : null;
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

type Parts = Pick<PanelServices, "view" | "guide" | "campus">;

/** A walk begins in a room, and can be ended anywhere. */
const isInside = (view: Parts["view"]): boolean => {
  const { level, walks } = view.getState();
  return walks || level === "room" || level === "rack";
};

const act = ({ view, guide, campus }: Parts, key: string): boolean => {
  const heatmap = heatmapIds[Number(key) - 1];
  if (heatmap) view.setState({ heatmap });
  else if (key === "z") toggleZoom(view, campus);
  else if (key === "x") view.setState(({ xray }) => ({ xray: !xray }));
  else if (key === "g" && isInside(view)) view.setState(({ walks }) => ({ walks: !walks }));
  else if (key === "h") flyTo(view, "home");
  else if (key === "p") view.setState(({ panels }) => ({ panels: panels === "all" ? "few" : "all" }));
  else if (key === "b") toggleLibrary(view);
  else if (key === "e") view.setState(({ energy }) => ({ energy: !energy }));
  else if (key === "d") view.setState(({ dispatch }) => ({ panels: "all", dispatch: !dispatch }));
  else if (key === "n" && guide.moment()) guide.next();
  else if (key === "f" && guide.moment()) guide.follow(!guide.store.getState().isFollowing);
  else if (key === "Escape") view.setState({ selected: null });
  else return false;
  return true;
};

/**
 * 1–4 heat maps, Z zoomed range, X x-ray, G walk, H home, P fewer panels, B published facts, E energy flows, D dispatch, Esc clears the selection; in a scenario N next view, F follow. Left alone while somebody
 * types.
 */
const useShortcuts = ({ view, guide, campus }: Parts): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      if (act({ view, guide, campus }, event.key.length === 1 ? event.key.toLowerCase() : event.key))
        event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [view, guide, campus]);
};
