import { useState } from "react";
import type { Mark } from "#feed/contract/replay.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock, formatSiteTime } from "#renderer/ui/time.ts";
import { useConductor, useOffset } from "./context.tsx";
import { IconAct } from "./IconAct.tsx";
import { byTime } from "./model.ts";
import { Popover } from "./Popover.tsx";
import type { MarksBook } from "./useMarks.ts";

/** All bookmarks and notes in the order of their times; one press goes there. */
export const MarkList = ({ book, onClose }: { book: MarksBook; onClose: () => void }) => {
  const t = useT();
  const [editing, setEditing] = useState<string | null>(null);
  const [removed, setRemoved] = useState<Mark | null>(null);
  const { marks, kept } = book.marks;
  const remove = async (mark: Mark): Promise<void> => {
    if (await book.edit({ remove: { id: mark.id } })) setRemoved(mark);
  };
  const putBack = async ({ fromMs, toMs, text }: Mark): Promise<void> => {
    if (await book.edit({ add: { fromMs, toMs, text } })) setRemoved(null);
  };
  return (
    <Popover label={t("timeline.marksTitle")} className="timeline-marks" onClose={onClose}>
      {marks.length === 0 && <p className="note">{t("timeline.marksNone")}</p>}
      <ul className="timeline-mark-list">
        {byTime(marks).map((mark) =>
          editing === mark.id ? (
            <li key={mark.id}>
              <EditMark mark={mark} book={book} onClose={() => setEditing(null)} />
            </li>
          ) : (
            <li key={mark.id}>
              <GoToMark mark={mark} />
              <IconAct
                icon="pen"
                tip={t("timeline.markEdit", { text: mark.text })}
                onClick={() => setEditing(mark.id)}
              />
              <IconAct
                icon="remove"
                tip={t("timeline.markRemove", { text: mark.text })}
                onClick={() => void remove(mark)}
              />
            </li>
          ),
        )}
      </ul>
      {removed && (
        <p className="timeline-removed" role="status">
          {t("timeline.markRemoved", { text: removed.text })}
          <button type="button" className="button" onClick={() => void putBack(removed)}>
            {t("timeline.markUndo")}
          </button>
        </p>
      )}
      {book.hasFailed && <p role="alert">{t("timeline.marksFailed")}</p>}
      <p className="note">{t(kept === "log" ? "timeline.marksInLog" : "timeline.marksBeside")}</p>
    </Popover>
  );
};

const GoToMark = ({ mark }: { mark: Mark }) => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const conductor = useConductor();
  const from = formatSiteClock(language, mark.fromMs, offsetMin);
  return (
    <button
      type="button"
      className="timeline-mark-go"
      title={t("timeline.markGo", { time: from })}
      onClick={() => conductor.goTo(mark.fromMs)}
    >
      <span className="dim">
        {mark.toMs === null
          ? from
          : t("timeline.markAbout", { from, to: formatSiteTime(mark.toMs, offsetMin) })}
      </span>
      <span>{mark.text}</span>
    </button>
  );
};

const EditMark = ({ mark, book, onClose }: { mark: Mark; book: MarksBook; onClose: () => void }) => {
  const t = useT();
  const [text, setText] = useState(mark.text);
  const save = async (): Promise<void> => {
    if (text.trim() === "") return;
    if (await book.edit({ change: { id: mark.id, text: text.trim() } })) onClose();
  };
  return (
    <form
      className="timeline-edit"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <input
        ref={(input) => input?.focus()}
        type="text"
        className="timeline-text"
        value={text}
        maxLength={500}
        aria-label={t("timeline.markText")}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
      />
      <button type="submit" className="button">
        {t("timeline.markSave")}
      </button>
    </form>
  );
};
