import { useCallback, useState } from "react";
import type { CurvesState } from "#feed/contract/replay.ts";
import { useT } from "#renderer/ui/text.ts";
import { ExportForm } from "./ExportForm.tsx";
import { IconAct } from "./IconAct.tsx";
import { popoverHost } from "./Popover.tsx";

/** Values of a range as a file, and the picture as one. */
export const ExportControl = ({ curves }: { curves: CurvesState | null }) => {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <div className={`timeline-group ${popoverHost}`}>
      <IconAct icon="export" tip={t("export.open")} isExpanded={isOpen} onClick={() => setOpen(!isOpen)} />
      {isOpen && <ExportForm curves={curves} onClose={close} />}
    </div>
  );
};
