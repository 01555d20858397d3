import type { Player } from "#renderer/player/player.ts";
import { moveStretch, type TimelineStore, zoomStretch } from "#renderer/stores/timeline.ts";
import { pointText, tenthText } from "./clockText.ts";
import type { Conductor } from "./conductor.ts";
import type { LaneData, Moment } from "./model.ts";
import { paintTimeline } from "./paint.ts";
import { hatchesOf, surfaceOf } from "./surface.ts";

export interface LaneCanvasParts {
  readonly player: Player;
  readonly timeline: TimelineStore;
  readonly conductor: Conductor;
}

/** What the canvas is told by React: slow facts. */
export interface LaneCanvasInput {
  readonly data: LaneData;
  readonly offsetMin: number;
}

export interface LaneCanvas {
  update(input: LaneCanvasInput): void;
  /** Pixels that the alarm rows are scrolled by. */
  scroll(px: number): void;
  /** Draws with the next frame of the screen. */
  invalidate(): void;
  close(): void;
}

/** A press this close to a bookmark or an event goes to its exact time. */
const catchPx = 5;
/** One notch of a wheel makes the stretch a sixth longer or shorter. */
const zoomPerPx = 0.0015;

/** The exact time of what was pressed on: a bookmark, a note's beginning, an event; else the pointer's own. */
const caught = (
  { marks, events, layout }: LaneData,
  at: { timeMs: number; y: number; msPerPx: number },
): number => {
  if (!layout) return at.timeMs;
  const on = ({ top, height }: { top: number; height: number }) => at.y >= top && at.y < top + height;
  const times = on(layout.marks)
    ? marks.map(({ fromMs }) => fromMs)
    : on(layout.events)
      ? events.map(({ timeMs }) => timeMs)
      : [];
  const distance = (timeMs: number) => Math.abs(timeMs - at.timeMs);
  const best = times.reduce(
    (near, each) => (distance(each) < distance(near) ? each : near),
    Number.POSITIVE_INFINITY,
  );
  return distance(best) <= catchPx * at.msPerPx ? best : at.timeMs;
};

/**
 * Draws the lanes on a canvas and lets a hand move through time on it: drag to scrub, Shift and drag (or the middle
 * button) to move the stretch, wheel to zoom.
 * @param onHover called with the pointer's pixel and time, null when it has left
 */
export const openLaneCanvas = (
  canvas: HTMLCanvasElement,
  { player, timeline, conductor }: LaneCanvasParts,
  onHover: (at: { readonly x: number; readonly y: number; readonly timeMs: number } | null) => void,
): LaneCanvas => {
  const context = canvas.getContext("2d")!;
  const hatches = hatchesOf(context);
  let input: LaneCanvasInput | null = null;
  let scrolled = 0;
  let frame = 0;
  let drag: { readonly kind: "scrub" | "pan"; lastX: number } | null = null;

  const msPerPx = (): number => {
    const { fromMs, toMs } = timeline.getState();
    return (toMs - fromMs) / Math.max(1, canvas.clientWidth);
  };
  const timeAt = (x: number): number =>
    timeline.getState().fromMs + Math.min(canvas.clientWidth, Math.max(0, x)) * msPerPx();

  const momentOf = ({ offsetMin }: LaneCanvasInput): Moment => {
    const view = timeline.getState();
    const { mode, replay } = player.state;
    const { inMs, outMs, noting, isSeeking } = conductor.store.getState();
    const cursorMs = player.cursorMs;
    const aimMs = isSeeking ? conductor.aimMs : null;
    return {
      view,
      cursorMs,
      isLive: mode === "live",
      aimMs,
      hoverMs: view.hoverMs,
      asOfMs: replay?.asOfMs ?? null,
      loop: { inMs, outMs, isOn: replay?.loop != null },
      noting: noting && noting.toMs !== null ? { fromMs: noting.fromMs, toMs: noting.toMs } : null,
      offsetMin,
      scrolled,
      cursorText: mode === "live" ? "" : tenthText(aimMs ?? cursorMs, offsetMin),
      hoverText: view.hoverMs === null ? "" : pointText(view.hoverMs, offsetMin, msPerPx()),
    };
  };
  const paint = (): void => {
    frame = 0;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!input || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const moment = momentOf(input);
    paintTimeline(
      surfaceOf(context, { width, height }, { view: moment.view, ...hatches }),
      input.data,
      moment,
    );
  };
  const invalidate = (): void => {
    frame ||= requestAnimationFrame(paint);
  };

  const hover = (event: PointerEvent | null): void => {
    const timeMs = event && timeAt(event.offsetX);
    timeline.setState({ hoverMs: timeMs });
    onHover(event && timeMs !== null ? { x: event.offsetX, y: event.offsetY, timeMs } : null);
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button > 1) return;
    canvas.setPointerCapture(event.pointerId);
    drag = { kind: event.shiftKey || event.button === 1 ? "pan" : "scrub", lastX: event.offsetX };
    if (event.button === 1) event.preventDefault();
    if (drag.kind === "scrub" && input)
      conductor.scrub(
        caught(input.data, { timeMs: timeAt(event.offsetX), y: event.offsetY, msPerPx: msPerPx() }),
      );
  };
  const onMove = (event: PointerEvent): void => {
    if (drag?.kind === "pan") moveStretch(timeline, (drag.lastX - event.offsetX) * msPerPx());
    else if (drag && event.offsetX !== drag.lastX) conductor.scrub(timeAt(event.offsetX));
    if (drag) drag.lastX = event.offsetX;
    hover(event);
  };
  const onUp = (): void => {
    drag = null;
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) > 0 && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)))
      moveStretch(timeline, sideways * msPerPx());
    else zoomStretch(timeline, timeAt(event.offsetX), Math.exp(event.deltaY * zoomPerPx));
  };
  const onLeave = (): void => hover(null);

  const observer = new ResizeObserver(invalidate);
  observer.observe(canvas);
  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", onUp);
  canvas.addEventListener("pointercancel", onUp);
  canvas.addEventListener("pointerleave", onLeave);
  canvas.addEventListener("wheel", onWheel, { passive: false });
  document.fonts.addEventListener("loadingdone", invalidate);

  return {
    update: (now) => {
      input = now;
      invalidate();
    },
    scroll: (px) => {
      scrolled = px;
      invalidate();
    },
    invalidate,
    close: () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      canvas.removeEventListener("pointerdown", onDown);
      canvas.removeEventListener("pointermove", onMove);
      canvas.removeEventListener("pointerup", onUp);
      canvas.removeEventListener("pointercancel", onUp);
      canvas.removeEventListener("pointerleave", onLeave);
      canvas.removeEventListener("wheel", onWheel);
      document.fonts.removeEventListener("loadingdone", invalidate);
      timeline.setState({ hoverMs: null });
    },
  };
};
