import { useT } from "#renderer/ui/text.ts";
import { useConducted, useConductor, usePlayerFact } from "./context.tsx";
import { IconAct } from "./IconAct.tsx";
import { stepMs } from "./keyMap.ts";

/** Play, backwards, steps, events. */
export const Transport = () => {
  const t = useT();
  const conductor = useConductor();
  const isBackwards = usePlayerFact(({ replay }) => replay !== null && replay.speed < 0);
  const step = (way: 1 | -1) => (event: React.MouseEvent) =>
    conductor.act({ do: "step", byMs: way * stepMs(event) });
  return (
    <fieldset className="timeline-group" aria-label={t("timeline.transport")}>
      <IconAct
        icon="previous"
        tip={t("timeline.previousEvent")}
        onClick={() => conductor.act({ do: "event", way: -1 })}
      />
      <IconAct icon="back" tip={t("timeline.back")} onClick={step(-1)} />
      <IconAct
        icon="reverse"
        tip={t("timeline.turn")}
        isPressed={isBackwards}
        onClick={() => conductor.turn()}
      />
      <PlayButton />
      <IconAct icon="forward" tip={t("timeline.forward")} onClick={step(1)} />
      <IconAct
        icon="next"
        tip={t("timeline.nextEvent")}
        onClick={() => conductor.act({ do: "event", way: 1 })}
      />
      <SearchSay />
    </fieldset>
  );
};

/** Plays, or stands: what it does next is what it shows. */
export const PlayButton = () => {
  const t = useT();
  const conductor = useConductor();
  const doesMove = usePlayerFact(
    ({ mode, replay }) => mode === "live" || (mode === "replay" && replay?.isPlaying === true),
  );
  return (
    <span className="timeline-play">
      <IconAct
        icon={doesMove ? "pause" : "play"}
        tip={t(doesMove ? "timeline.pause" : "timeline.play")}
        onClick={() => conductor.toggle()}
      />
    </span>
  );
};

/** That an event is looked for, or that there is none. */
const SearchSay = () => {
  const t = useT();
  const isSearching = useConducted((facts) => facts.isSearching);
  const noEvent = useConducted((facts) => facts.noEvent);
  const words = {
    before: t("timeline.noneBefore"),
    after: t("timeline.noneAfter"),
    failed: t("timeline.searchFailed"),
  };
  const say = isSearching ? t("timeline.searching") : noEvent && words[noEvent];
  return (
    <span className="timeline-say" role="status" data-on={say !== null || undefined}>
      {say}
    </span>
  );
};

/** A stretch again and again: from, up to, on or off. */
export const LoopControl = () => {
  const t = useT();
  const conductor = useConductor();
  const isOn = usePlayerFact(({ replay }) => replay?.loop != null);
  const hasIn = useConducted(({ inMs }) => inMs !== null);
  const hasOut = useConducted(({ outMs }) => outMs !== null);
  return (
    <fieldset className="timeline-group" aria-label={t("timeline.loopGroup")}>
      {(
        [
          ["in", "I", t("timeline.in"), hasIn],
          ["out", "O", t("timeline.out"), hasOut],
        ] as const
      ).map(([what, letter, tip, isSet]) => (
        <button
          key={what}
          type="button"
          className="icon-button timeline-act timeline-letter"
          data-set={isSet || undefined}
          title={tip}
          aria-label={tip}
          onClick={() => conductor.act({ do: what })}
        >
          {letter}
        </button>
      ))}
      <IconAct
        icon="loop"
        tip={t("timeline.loop")}
        isPressed={isOn}
        onClick={() => conductor.act({ do: "loop" })}
      />
    </fieldset>
  );
};

/** The stretch that is shown: closer, wider, all. */
export const ZoomControl = () => {
  const t = useT();
  const conductor = useConductor();
  return (
    <fieldset className="timeline-group timeline-zoom" aria-label={t("timeline.zoomGroup")}>
      <IconAct
        icon="zoomOut"
        tip={t("timeline.zoomOut")}
        onClick={() => conductor.act({ do: "zoom", way: -1 })}
      />
      <IconAct
        icon="zoomIn"
        tip={t("timeline.zoomIn")}
        onClick={() => conductor.act({ do: "zoom", way: 1 })}
      />
      <IconAct icon="whole" tip={t("timeline.whole")} onClick={() => conductor.act({ do: "whole" })} />
    </fieldset>
  );
};
