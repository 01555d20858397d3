import type { TextKey } from "#renderer/i18n/translate.ts";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { DataQuality } from "./DataQuality.tsx";
import { PublisherTable } from "./PublisherTable.tsx";
import { ReconciliationTable } from "./ReconciliationTable.tsx";
import { TwinProblems } from "./TwinProblems.tsx";
import { UnmappedTopics } from "./UnmappedTopics.tsx";

const panels = {
  quality: DataQuality,
  publishers: PublisherTable,
  unmapped: UnmappedTopics,
  reconciliation: ReconciliationTable,
  problems: TwinProblems,
} as const;

export type DrawerTab = keyof typeof panels;
const tabs = Object.keys(panels) as DrawerTab[];
const tabTitle = (tab: DrawerTab): TextKey & `drawer.${DrawerTab}` => `drawer.${tab}`;

interface DrawerProps {
  readonly tab: DrawerTab;
  readonly onTab: (tab: DrawerTab) => void;
  readonly onClose: () => void;
}

/** Tables that explain the picture, below the scene: it stays in sight. Arrow keys change the tab, Escape closes. */
export const Drawer = ({ tab, onTab, onClose }: DrawerProps) => {
  const t = useT();
  const { twin } = useServices();
  const Panel = panels[tab];
  useFocusReturn();
  const step = (by: number): void => {
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]!;
    onTab(next);
    document.getElementById(`drawer-tab-${next}`)?.focus();
  };
  return (
    <section
      className="glass drawer"
      aria-label={t("drawer.label")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="panel-head">
        <div className="tabs" role="tablist" aria-label={t("drawer.label")}>
          {tabs.map((each) => (
            <button
              key={each}
              id={`drawer-tab-${each}`}
              type="button"
              role="tab"
              aria-selected={each === tab}
              aria-controls="drawer-panel"
              tabIndex={each === tab ? 0 : -1}
              onClick={() => onTab(each)}
              onKeyDown={(event) => {
                if (event.key === "ArrowRight") step(1);
                else if (event.key === "ArrowLeft") step(-1);
              }}
            >
              {t(tabTitle(each))}
              {each === "problems" && twin.problems.length > 0 && <b>{twin.problems.length}</b>}
            </button>
          ))}
        </div>
        <button type="button" className="icon-button" aria-label={t("drawer.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div
        id="drawer-panel"
        className="drawer-panel"
        role="tabpanel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-labelledby={`drawer-tab-${tab}`}
      >
        <Panel />
      </div>
    </section>
  );
};
