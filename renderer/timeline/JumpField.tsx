import { useEffect, useId, useRef, useState } from "react";
import type { TextKey } from "#renderer/i18n/translate.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock } from "#renderer/ui/time.ts";
import { useConducted, useConductor, useOffset } from "./context.tsx";
import { readTypedTime, type TypedTime } from "./typedTime.ts";

/** A time is typed and gone to; what cannot be read is answered with what can. */
export const JumpField = () => {
  const t = useT();
  const { timeline } = useServices();
  const conductor = useConductor();
  const offsetMin = useOffset();
  const wantsTyping = useConducted((facts) => facts.wantsTyping);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [trouble, setTrouble] = useState<Exclude<TypedTime, { is: "moment" | "live" }> | null>(null);
  const troubleId = useId();
  useEffect(() => {
    if (!wantsTyping) return;
    field.current?.focus();
    conductor.store.setState({ wantsTyping: false });
  }, [wantsTyping, conductor]);

  /** The keys are the timeline's again. */
  const leave = (): void => {
    setTrouble(null);
    setText("");
    field.current?.blur();
  };
  const go = (): void => {
    const range = timeline.getState().recorded;
    if (!range || text.trim() === "") return;
    const typed = readTypedTime(text, { cursorMs: conductor.aimMs, range, offsetMin });
    if (typed.is === "unreadable" || typed.is === "outside") setTrouble(typed);
    else {
      leave();
      if (typed.is === "live") conductor.act({ do: "live" });
      else conductor.goTo(typed.timeMs);
    }
  };
  return (
    <form
      className="timeline-jump"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <input
        ref={field}
        type="text"
        value={text}
        placeholder={t("timeline.jumpSample")}
        title={t("timeline.jump")}
        aria-label={t("timeline.jump")}
        aria-invalid={trouble !== null}
        aria-describedby={trouble === null ? undefined : troubleId}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setTrouble(null);
        }}
        onBlur={() => setTrouble(null)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          leave();
        }}
      />
      {trouble !== null && (
        <div id={troubleId} className="glass timeline-popover timeline-trouble" role="alert">
          {trouble.is === "outside" ? <Outside timeMs={trouble.timeMs} /> : <Understood />}
        </div>
      )}
    </form>
  );
};

const understood = [
  "timeline.understood.clock",
  "timeline.understood.date",
  "timeline.understood.relative",
  "timeline.understood.zone",
  "timeline.understood.now",
] as const satisfies readonly TextKey[];

/** What can be typed. */
const Understood = () => {
  const t = useT();
  return (
    <>
      <b>{t("timeline.unreadable")}</b>
      <ul>
        {understood.map((says) => (
          <li key={says}>{t(says)}</li>
        ))}
      </ul>
    </>
  );
};

/** How far the recording reaches, for whoever wants to go beyond. */
const Outside = ({ timeMs }: { timeMs: number }) => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const range = useServices().timeline.getState().recorded;
  const clock = (of: number): string => formatSiteClock(language, of, offsetMin);
  if (!range) return null;
  return t("timeline.outside", { time: clock(timeMs), from: clock(range.fromMs), to: clock(range.toMs) });
};
