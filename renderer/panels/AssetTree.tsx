import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { flyTo } from "#renderer/stores/view.ts";
import { draggable } from "#renderer/ui/assetDrag.ts";
import { nameOf, pathOf, stageOf } from "#renderer/ui/assets.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { sameAsset, useServices, useView } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import { type AssetRef, Stage, type Twin } from "#twins/model/twin.ts";
import { createTreeModel, keyOf, moveFor, type TreeLine, visibleLines } from "./treeModel.ts";

const lineHeightPx = 28;
/** Lines kept above and below the visible ones, so that a fast wheel never shows a gap. */
const overscan = 8;

const openAtFirst = (twin: Twin): ReadonlySet<string> => {
  const model = createTreeModel(twin);
  return new Set(model.roots.filter(({ className }) => className === "site").map(keyOf));
};

/** The campus as a tree: only the lines in sight exist in the document. Mirrors the scene for keyboard and screen reader. */
export const AssetTree = () => {
  const t = useT();
  const { twin } = useServices();
  const model = useMemo(() => createTreeModel(twin), [twin]);
  const [expanded, setExpanded] = useState(() => openAtFirst(twin));
  const selected = useView((view) => view.selected);
  const lines = useMemo(() => visibleLines(model, expanded), [model, expanded]);

  useEffect(() => {
    if (!selected) return;
    const above = pathOf(twin, selected).slice(0, -1).map(keyOf);
    setExpanded((open) => (above.every((key) => open.has(key)) ? open : new Set([...open, ...above])));
  }, [twin, selected]);

  const toggle = (key: string): void =>
    setExpanded((open) => {
      const next = new Set(open);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  return (
    <section className="glass tree-panel" aria-labelledby="tree-title">
      <h2 id="tree-title" className="panel-title">
        {t("tree.title")}
      </h2>
      <TreeView lines={lines} onToggle={toggle} />
    </section>
  );
};

/** Follows the part of a scroller that is in sight. */
const useScroll = () => {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const scroller = ref.current;
    if (!scroller) return;
    const look = (): void => setView({ top: scroller.scrollTop, height: scroller.clientHeight });
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    return () => {
      scroller.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, []);
  return { ref, ...view };
};

const scrollIntoSight = (scroller: HTMLDivElement, index: number): void => {
  const top = index * lineHeightPx;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + lineHeightPx > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = top + lineHeightPx - scroller.clientHeight;
  }
};

const TreeView = (props: { lines: readonly TreeLine[]; onToggle: (key: string) => void }) => {
  const { lines, onToggle } = props;
  const t = useT();
  const { view } = useServices();
  const selected = useView((state) => state.selected);
  const { ref, top, height } = useScroll();
  const [activeKey, setActiveKey] = useState(lines[0]?.key);
  const at = Math.max(
    0,
    lines.findIndex(({ key }) => key === activeKey),
  );

  const go = (index: number): void => {
    setActiveKey(lines[index]?.key);
    if (ref.current) scrollIntoSight(ref.current, index);
  };

  // A selection made in the scene or by search becomes the tree's place, once its line exists.
  const selectedAt = selected ? lines.findIndex((line) => sameAsset(line.ref, selected)) : -1;
  useEffect(() => {
    if (selectedAt < 0 || !ref.current) return;
    setActiveKey(selected ? keyOf(selected) : undefined);
    scrollIntoSight(ref.current, selectedAt);
  }, [ref, selectedAt, selected]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveFor(event.key, lines, at);
    if (!move) return;
    event.preventDefault();
    if (move.kind === "go") go(move.to);
    else if (move.kind === "choose") flyTo(view, move.ref);
    else onToggle(move.key);
  };

  const first = Math.max(0, Math.floor(top / lineHeightPx) - overscan);
  const last = Math.min(lines.length, Math.ceil((top + height) / lineHeightPx) + overscan);
  return (
    <div
      ref={ref}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={t("tree.label")}
      aria-activedescendant={at >= first && at < last ? `tree-${lines[at]?.key}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ height: lines.length * lineHeightPx }} className="tree-canvas">
        {lines.slice(first, last).map((line, index) => (
          <Line
            key={line.key}
            line={line}
            topPx={(first + index) * lineHeightPx}
            isActive={first + index === at}
            isSelected={sameAsset(line.ref, selected)}
            onToggle={() => onToggle(line.key)}
            onChoose={() => {
              setActiveKey(line.key);
              flyTo(view, line.ref);
            }}
          />
        ))}
      </div>
    </div>
  );
};

interface LineProps {
  readonly line: TreeLine;
  readonly topPx: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

const Line = ({ line, topPx, isActive, isSelected, onToggle, onChoose }: LineProps) => {
  const { twin, trends } = useServices();
  const local = useLocal();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names this line by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
    <div
      id={`tree-${line.key}`}
      className="tree-line"
      role="treeitem"
      aria-level={line.level}
      aria-posinset={line.position}
      aria-setsize={line.setSize}
      aria-selected={isSelected}
      aria-expanded={line.hasChildren ? line.isExpanded : undefined}
      data-active={isActive || undefined}
      style={{ top: topPx, paddingInlineStart: 8 + (line.level - 1) * 14 }}
      onClick={onChoose}
      {...draggable(trends, { ...line.ref, metric: null })}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys do the same */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow belongs to the tree item */}
      <span
        className="tree-arrow"
        data-open={line.isExpanded || undefined}
        onClick={(event) => {
          if (!line.hasChildren) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {line.hasChildren && <Icon name="chevron" size={12} />}
      </span>
      <span className="tree-name">{local(nameOf(twin, line.ref))}</span>
      <StageNote asset={line.ref} />
    </div>
  );
};

/** Says so where an asset is not built yet. */
const StageNote = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const { twin } = useServices();
  const stage = stageOf(twin, asset);
  if (stage === undefined || stage === Stage.built) return null;
  return (
    <span className="tree-note">
      {t(stage === Stage.planned ? "tree.stagePlanned" : "tree.stageConstruction")}
    </span>
  );
};
