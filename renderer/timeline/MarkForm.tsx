import { useEffect, useRef, useState } from "react";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock, formatSiteTime } from "#renderer/ui/time.ts";
import { useConducted, useConductor, useOffset } from "./context.tsx";
import { Popover } from "./Popover.tsx";
import type { MarksBook } from "./useMarks.ts";

/** Writes a bookmark at the moment of the press, or a note on the stretch between the loop's points. */
export const MarkForm = ({ book, onClose }: { book: MarksBook; onClose: () => void }) => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const conductor = useConductor();
  const noting = useConducted((facts) => facts.noting)!;
  const inMs = useConducted((facts) => facts.inMs);
  const outMs = useConducted((facts) => facts.outMs);
  const [atMs] = useState(noting.fromMs);
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const isRange = noting.toMs !== null;
  const about = (range: boolean): void =>
    conductor.store.setState({
      noting:
        range && inMs !== null && outMs !== null
          ? { fromMs: inMs, toMs: outMs }
          : { fromMs: atMs, toMs: null },
    });
  const save = async (): Promise<void> => {
    if (text.trim() === "" || isBusy) return;
    setBusy(true);
    const isDone = await book.edit({ add: { ...noting, text: text.trim() } });
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Popover label={t("timeline.markNew")} className="timeline-mark-form" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {inMs !== null && outMs !== null && (
          <fieldset className="segments" aria-label={t("timeline.markOf")}>
            <button type="button" aria-pressed={!isRange} onClick={() => about(false)}>
              {t("timeline.markMoment")}
            </button>
            <button type="button" aria-pressed={isRange} onClick={() => about(true)}>
              {t("timeline.markRange")}
            </button>
          </fieldset>
        )}
        <p className="dim">
          {noting.toMs === null
            ? formatSiteClock(language, noting.fromMs, offsetMin)
            : t("timeline.markAbout", {
                from: formatSiteClock(language, noting.fromMs, offsetMin),
                to: formatSiteTime(noting.toMs, offsetMin),
              })}
        </p>
        <input
          ref={field}
          type="text"
          className="timeline-text"
          value={text}
          maxLength={500}
          placeholder={t("timeline.markTextSample")}
          aria-label={t("timeline.markText")}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {book.hasFailed && <p role="alert">{t("timeline.marksFailed")}</p>}
        <div className="timeline-form-foot">
          <button type="button" className="tool" onClick={onClose}>
            {t("timeline.markCancel")}
          </button>
          <button type="submit" className="button" disabled={isBusy || text.trim() === ""}>
            {t("timeline.markSave")}
          </button>
        </div>
      </form>
    </Popover>
  );
};
