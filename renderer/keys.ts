import { useEffect } from "react";
import type { Runtime } from "./runtime.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Space presses what has the focus; it is ours only where nothing has, and on a slider, which it does not press. */
const isOnControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.getAttribute("role") !== "slider" &&
  target.closest("button, a, summary, [role]") !== null;

const isBack = ({ key, altKey }: KeyboardEvent): boolean =>
  key === "Backspace" || (key === "ArrowLeft" && altKey);

const togglePause = ({ session }: Runtime): void => {
  const player = session.campus()?.player;
  const { mode, replay } = player?.state ?? {};
  const doesStand = mode === "paused" || (mode === "replay" && !replay?.isPlaying);
  if (doesStand) player?.play();
  else player?.pause();
};

/**
 * Keys of the window, whatever panels are shown: Backspace or Alt+Left goes back to the place before, as in every
 * browser; Space pauses and goes on, as in every player. A display wall has no keyboard and takes no keys.
 */
export const useWindowKeys = (runtime: Runtime): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target) || runtime.view.getState().mode === "wall") return;
      if (isBack(event)) runtime.navigation.back();
      else if (event.key === " " && !isOnControl(event.target)) togglePause(runtime);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [runtime]);
};
