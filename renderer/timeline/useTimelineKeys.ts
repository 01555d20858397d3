import { useEffect } from "react";
import type { Player } from "#renderer/player/player.ts";
import type { TimelineStore } from "#renderer/stores/timeline.ts";
import type { Conductor } from "./conductor.ts";
import { actOf } from "./keyMap.ts";

const isTyping = (target: Element): boolean =>
  (target instanceof HTMLElement && target.isContentEditable) ||
  (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.getAttribute("type") !== "range");

/** Parts in which arrows, Home and End already mean something. */
const ownArrows = '[role="tree"], [role="tablist"], [role="listbox"], [role="menu"], input, select';

const isOwn = (target: Element, key: string): boolean =>
  /^(Arrow|Home|End)/.test(key) && target.closest(ownArrows) !== null;

/**
 * Keys of the timeline, wherever the focus is but in a text. Registered before the panels' own, so that Esc goes back to
 * live first and clears the selection next time; in the present it is left to them.
 */
export const useTimelineKeys = (
  conductor: Conductor,
  { player, timeline }: { readonly player: Player; readonly timeline: TimelineStore },
): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !timeline.getState().recorded) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (isTyping(target) || isOwn(target, event.key)) return;
      const act = actOf(event);
      if (!act) return;
      const canGoLive =
        player.state.mode === "paused" || (player.state.mode === "replay" && player.capabilities.live);
      if (act.do === "live" && !canGoLive) return;
      event.preventDefault();
      conductor.act(act);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [conductor, player, timeline]);
};
