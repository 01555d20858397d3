import type { ViewStore } from "#renderer/stores/view.ts";
import type { AssetRef } from "#twins/model/twin.ts";

interface PointerParts {
  readonly view: ViewStore;
  /** Asset under a CSS pixel of the canvas. */
  readonly pick: (x: number, y: number) => AssetRef | null;
  /** An event that moves the camera, with its time stamp, ms. */
  readonly onAsk: (eventMs: number) => void;
  /** The pointer moves over the picture or presses on it. */
  readonly onNear: (eventMs: number) => void;
  /** A double click asks to go there. */
  readonly onEnter: (asset: AssetRef) => void;
}

/** A press that moved further than this was a camera move, CSS pixels. */
const stillPx = 5;

/** Hover and click select. @returns what ends it. */
export const watchPointer = (
  canvas: HTMLCanvasElement,
  { view, pick, onAsk, onNear, onEnter }: PointerParts,
): (() => void) => {
  let pressed: { readonly x: number; readonly y: number } | null = null;
  const move = (event: PointerEvent): void => {
    onNear(event.timeStamp);
    if (event.buttons !== 0) {
      onAsk(event.timeStamp);
      return;
    }
    const hovered = pick(event.offsetX, event.offsetY);
    const had = view.getState().hovered;
    if (hovered?.className !== had?.className || hovered?.row !== had?.row) view.setState({ hovered });
  };
  const down = (event: PointerEvent): void => {
    onNear(event.timeStamp);
    pressed = { x: event.offsetX, y: event.offsetY };
  };
  const up = (event: PointerEvent): void => {
    if (!pressed || event.button !== 0) return;
    const isStill = Math.hypot(event.offsetX - pressed.x, event.offsetY - pressed.y) < stillPx;
    pressed = null;
    if (isStill) view.setState({ selected: pick(event.offsetX, event.offsetY) });
  };
  const enter = (): void => {
    const { selected } = view.getState();
    if (selected) onEnter(selected);
  };
  const listeners = {
    pointermove: move,
    pointerdown: down,
    pointerup: up,
    pointerleave: () => view.setState({ hovered: null }),
    dblclick: enter,
    wheel: (event: WheelEvent) => onAsk(event.timeStamp),
  };
  for (const [name, listener] of Object.entries(listeners))
    canvas.addEventListener(name, listener as EventListener, { passive: true });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      canvas.removeEventListener(name, listener as EventListener);
  };
};
