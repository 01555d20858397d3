import { useCallback, useState } from "react";
import { useT } from "#renderer/ui/text.ts";
import { useConducted, useConductor } from "./context.tsx";
import { IconAct } from "./IconAct.tsx";
import { MarkForm } from "./MarkForm.tsx";
import { MarkList } from "./MarkList.tsx";
import { popoverHost } from "./Popover.tsx";
import type { MarksBook } from "./useMarks.ts";

/** Sets bookmarks, and lists them. */
export const MarksControl = ({ book }: { book: MarksBook }) => {
  const t = useT();
  const conductor = useConductor();
  const isNoting = useConducted(({ noting }) => noting !== null);
  const [isListed, setListed] = useState(false);
  const endNoting = useCallback(() => conductor.store.setState({ noting: null }), [conductor]);
  const closeList = useCallback(() => setListed(false), []);
  const { length: n } = book.marks.marks;
  return (
    <div className={`timeline-group ${popoverHost}`}>
      <IconAct
        icon="flag"
        tip={t("timeline.mark")}
        isExpanded={isNoting}
        onClick={() => {
          setListed(false);
          if (isNoting) endNoting();
          else conductor.act({ do: "mark" });
        }}
      />
      <button
        type="button"
        className="tool timeline-marks-open"
        title={t("timeline.marks", { n })}
        aria-label={t("timeline.marks", { n })}
        aria-expanded={isListed}
        onClick={() => {
          endNoting();
          setListed(!isListed);
        }}
      >
        {n}
      </button>
      {isNoting && <MarkForm book={book} onClose={endNoting} />}
      {isListed && !isNoting && <MarkList book={book} onClose={closeList} />}
    </div>
  );
};
