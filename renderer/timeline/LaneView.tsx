import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { LogOverview, Mark } from "#feed/contract/replay.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock } from "#renderer/ui/time.ts";
import { mostByPriority, rowsByPlace, rowsByPriority } from "./alarmRows.ts";
import { useConductor, useCursorMoves, useOffset } from "./context.tsx";
import { Hover, type HoverAt } from "./Hover.tsx";
import { LaneNames } from "./LaneNames.tsx";
import { type LaneCanvas, openLaneCanvas } from "./laneCanvas.ts";
import { layOutLanes, slimHeight } from "./laneLayout.ts";
import { byTime, type LaneData } from "./model.ts";
import { useLanes } from "./useLanes.ts";

/** Pixels at which an event still counts as under the pointer. */
const reachPx = 5;
/** Height that alarm rows may take: all together, place by place. */
const alarmRoom = { folded: 62, expanded: 200 } as const;
const restMs = { open: 150, slim: 1_000 } as const;

const useWidth = (canvas: HTMLCanvasElement | null): number => {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!canvas) return;
    const observer = new ResizeObserver(() => setWidth(canvas.clientWidth));
    observer.observe(canvas);
    return () => observer.disconnect();
  }, [canvas]);
  return width;
};

/** The lanes and their names; in one line where the timeline is reduced. */
export const LaneView = (props: { overview: LogOverview; marks: readonly Mark[]; isSlim: boolean }) => {
  const { overview, marks, isSlim } = props;
  const parts = useServices();
  const conductor = useConductor();
  const offsetMin = useOffset();
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const drawing = useRef<LaneCanvas | null>(null);
  const [hover, setHover] = useState<HoverAt | null>(null);
  const [isExpanded, setExpanded] = useState(false);
  const answers = useLanes(useWidth(canvas), isSlim ? restMs.slim : restMs.open);

  const { lanes, events } = answers;
  const data = useMemo((): LaneData => {
    const alarms = lanes?.alarms ?? [];
    const rows = isExpanded && !isSlim ? rowsByPlace(alarms) : rowsByPriority(alarms);
    const layout = isSlim ? null : layOutLanes(rows, isExpanded ? alarmRoom.expanded : alarmRoom.folded);
    return { overview, lanes, rows, most: mostByPriority(rows), events, marks: byTime(marks), layout };
  }, [overview, lanes, events, marks, isExpanded, isSlim]);

  const { player, timeline } = parts;
  useEffect(() => {
    if (!canvas) return;
    const opened = openLaneCanvas(canvas, { player, timeline, conductor }, (at) => {
      const { fromMs, toMs } = timeline.getState();
      const width = canvas.clientWidth;
      setHover(at && { x: at.x, timeMs: at.timeMs, width, reachMs: (reachPx * (toMs - fromMs)) / width });
    });
    drawing.current = opened;
    return () => {
      drawing.current = null;
      opened.close();
    };
  }, [canvas, player, timeline, conductor]);
  // After the canvas is opened, and at every change of what it shows.
  useEffect(() => drawing.current?.update({ data, offsetMin }), [data, offsetMin]);
  useCursorMoves(useCallback(() => drawing.current?.invalidate(), []));

  return (
    <div className="lane-view" data-slim={isSlim || undefined} data-expanded={isExpanded || undefined}>
      {data.layout && (
        <LaneNames
          layout={data.layout}
          rows={data.rows}
          answers={answers}
          isExpanded={isExpanded}
          onExpand={() => setExpanded(!isExpanded)}
          onScroll={(px) => drawing.current?.scroll(px)}
        />
      )}
      <div className="lane-canvas" style={{ height: data.layout?.height ?? slimHeight }}>
        <AxisSlider overview={overview} onCanvas={setCanvas} />
        {hover && <Hover at={hover} data={data} />}
      </div>
    </div>
  );
};

/** The canvas as what it is to a keyboard and a screen reader: a slider along the recording. Its keys are the timeline's. */
const AxisSlider = (props: {
  overview: LogOverview;
  onCanvas: (canvas: HTMLCanvasElement | null) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const { player } = useServices();
  const conductor = useConductor();
  const self = useRef<HTMLCanvasElement | null>(null);
  const { overview, onCanvas } = props;
  const take = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      self.current = canvas;
      onCanvas(canvas);
    },
    [onCanvas],
  );
  const tell = useCallback(() => {
    const seconds = Math.floor((player.state.mode === "live" ? player.cursorMs : conductor.aimMs) / 1000);
    const text = formatSiteClock(language, seconds * 1000, offsetMin);
    if (!self.current || self.current.getAttribute("aria-valuetext") === text) return;
    self.current.setAttribute("aria-valuenow", String(seconds));
    self.current.setAttribute("aria-valuetext", text);
  }, [player, conductor, language, offsetMin]);
  useCursorMoves(tell);
  return (
    <canvas
      ref={take}
      role="slider"
      tabIndex={0}
      aria-label={t("timeline.axis")}
      aria-valuemin={Math.floor(overview.fromMs / 1000)}
      aria-valuemax={Math.ceil(overview.toMs / 1000)}
      aria-valuenow={Math.floor(overview.fromMs / 1000)}
    />
  );
};
