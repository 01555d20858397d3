import { toggleLibrary } from "#renderer/stores/library.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { Icon, type IconName } from "#renderer/ui/Icon.tsx";
import { useServices, useTrends, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { CameraMenu } from "./CameraMenu.tsx";
import { WalkTool } from "./WalkTool.tsx";

interface ToolProps {
  readonly icon: IconName;
  readonly text: string;
  readonly tip: string;
  /** Absent for what is done at once. */
  readonly isOn?: boolean;
  readonly onPress: () => void;
}

const Tool = ({ icon, text, tip, isOn, onPress }: ToolProps) => (
  <button type="button" className="tool" aria-pressed={isOn} title={tip} onClick={onPress}>
    <Icon name={icon} />
    {text}
  </button>
);

/** X-ray, home, trend charts, published facts, walk, energy flows, dispatch, saved cameras, fewer panels. */
export const ToolRow = () => {
  const t = useT();
  const { twin, view, trends } = useServices();
  const hasTrends = useTrends(({ isOpen }) => isOpen);
  const hasLibrary = useView(({ library }) => library !== null);
  const { energy, xray, dispatch, panels } = useView((state) => state);
  const hasCentres = twin.table("centre").count > 1;
  const showDispatch = (): void => view.setState({ panels: "all", dispatch: !dispatch });
  const turnPanels = (): void => view.setState({ panels: panels === "all" ? "few" : "all" });
  return (
    <div className="glass tool-row">
      <Tool
        icon="xray"
        text={t("view.xray")}
        tip={t("view.xrayTip")}
        isOn={xray}
        onPress={() => view.setState({ xray: !xray })}
      />
      <Tool icon="home" text={t("view.home")} tip={t("view.homeTip")} onPress={() => flyTo(view, "home")} />
      <Tool
        icon="trend"
        text={t("trends.show")}
        tip={t("trends.showTip")}
        isOn={hasTrends}
        onPress={() => trends.setState({ isOpen: !hasTrends })}
      />
      <Tool
        icon="book"
        text={t("library.show")}
        tip={t("library.showTip")}
        isOn={hasLibrary}
        onPress={() => toggleLibrary(view)}
      />
      <WalkTool />
      <Tool
        icon="flow"
        text={t("energy.show")}
        tip={t("energy.showTip")}
        isOn={energy}
        onPress={() => view.setState({ energy: !energy })}
      />
      {hasCentres && (
        <Tool
          icon="network"
          text={t("dispatch.show")}
          tip={t("dispatch.showTip")}
          isOn={dispatch}
          onPress={showDispatch}
        />
      )}
      <CameraMenu />
      <Tool
        icon="frame"
        text={t("view.panels")}
        tip={t("view.panelsTip")}
        isOn={panels === "few"}
        onPress={turnPanels}
      />
    </div>
  );
};
