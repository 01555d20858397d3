import { type RefObject, useEffect } from "react";
import { moveStretch, showWhole, type TimelineStore, zoomStretch } from "#renderer/stores/timeline.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { plotInsets } from "./plot.ts";
import type { TrendFeed } from "./trendFeed.ts";

/** A press that moves no farther than this is a click, CSS pixels. */
const clickPixels = 4;
const zoomPerWheel = 1.0015;
/** Share of the stretch that a key moves or zooms. */
const keyShare = 0.1;
const keyZoom = 1.4;

interface Ground {
  readonly element: HTMLElement;
  readonly timeline: TimelineStore;
}

const msPerPixel = ({ element, timeline }: Ground): number => {
  const { fromMs, toMs } = timeline.getState();
  return (toMs - fromMs) / Math.max(1, element.clientWidth - plotInsets.left - plotInsets.right);
};

const timeAt = (ground: Ground, clientX: number): number => {
  const { fromMs, toMs } = ground.timeline.getState();
  const x = clientX - ground.element.getBoundingClientRect().left - plotInsets.left;
  return Math.min(toMs, Math.max(fromMs, fromMs + x * msPerPixel(ground)));
};

/**
 * Pan by dragging, zoom by the wheel, click to go to a moment, double click for all. By keyboard: arrows move the moment
 * read, with Shift the stretch; plus and minus zoom; Enter goes to the moment read.
 */
export const useHands = (ref: RefObject<HTMLElement | null>, feed: TrendFeed): void => {
  const { timeline, player } = useServices();
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const ground: Ground = { element, timeline };
    const seek = (timeMs: number): void => player.seek(timeMs);
    const stepMs = (): number => feed.facts.picture?.stepMs ?? msPerPixel(ground);
    const pointer = pointerHands(ground, seek);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (keyHand(event, { timeline, seek, stepMs: stepMs() })) event.preventDefault();
    };
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isSideways) moveStretch(timeline, (event.deltaX || event.deltaY) * msPerPixel(ground));
      else zoomStretch(timeline, timeAt(ground, event.clientX), zoomPerWheel ** event.deltaY);
    };
    const whole = (): void => showWhole(timeline);
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("keydown", onKeyDown);
    element.addEventListener("dblclick", whole);
    return () => {
      pointer();
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("keydown", onKeyDown);
      element.removeEventListener("dblclick", whole);
    };
  }, [ref, feed, timeline, player]);
};

const pointerHands = (ground: Ground, seek: (timeMs: number) => void): (() => void) => {
  const { element, timeline } = ground;
  let pressed: { readonly startX: number; x: number; isDrag: boolean } | null = null;
  const onMove = (event: PointerEvent): void => {
    timeline.setState({ hoverMs: timeAt(ground, event.clientX) });
    if (!pressed) return;
    pressed.isDrag ||= Math.abs(event.clientX - pressed.startX) > clickPixels;
    if (!pressed.isDrag) return;
    moveStretch(timeline, (pressed.x - event.clientX) * msPerPixel(ground));
    pressed.x = event.clientX;
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    pressed = { startX: event.clientX, x: event.clientX, isDrag: false };
    element.setPointerCapture(event.pointerId);
  };
  const onUp = (event: PointerEvent): void => {
    if (pressed && !pressed.isDrag && event.type === "pointerup") seek(timeAt(ground, event.clientX));
    pressed = null;
  };
  const onLeave = (): void => timeline.setState({ hoverMs: null });
  const listeners = {
    pointermove: onMove,
    pointerdown: onDown,
    pointerup: onUp,
    pointercancel: onUp,
    pointerleave: onLeave,
  } as const;
  const names = Object.keys(listeners) as (keyof typeof listeners)[];
  for (const name of names) element.addEventListener(name, listeners[name]);
  return () => {
    onLeave();
    for (const name of names) element.removeEventListener(name, listeners[name]);
  };
};

/** @returns false for a key that is nothing here */
const keyHand = (
  { key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent,
  {
    timeline,
    seek,
    stepMs,
  }: { readonly timeline: TimelineStore; readonly seek: (timeMs: number) => void; readonly stepMs: number },
): boolean => {
  if (altKey || metaKey) return false;
  const { fromMs, toMs, hoverMs, cursorMs, recorded } = timeline.getState();
  const span = toMs - fromMs;
  const endMs = Math.min(toMs, recorded?.toMs ?? toMs);
  const readMs = hoverMs ?? Math.min(endMs, Math.max(fromMs, cursorMs ?? endMs));
  const way = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
  const read = (timeMs: number): void =>
    timeline.setState({ hoverMs: Math.min(endMs, Math.max(fromMs, timeMs)) });
  if (way !== 0 && shiftKey) moveStretch(timeline, way * span * keyShare);
  else if (way !== 0) read(readMs + way * Math.max(stepMs, span / 400) * (ctrlKey ? 10 : 1));
  else if (key === "Home") read(fromMs);
  else if (key === "End") read(endMs);
  else if (key === "+" || key === "=") zoomStretch(timeline, readMs, 1 / keyZoom);
  else if (key === "-") zoomStretch(timeline, readMs, keyZoom);
  else if (key === "0") showWhole(timeline);
  else if (key === "Enter") seek(readMs);
  else if (key === "Escape" && hoverMs !== null) timeline.setState({ hoverMs: null });
  else return false;
  return true;
};
