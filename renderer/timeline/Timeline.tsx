import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { LogOverview } from "#feed/contract/replay.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { createConductor } from "./conductor.ts";
import { ConductorProvider, useConducted, usePlayerFact } from "./context.tsx";
import { ExportControl } from "./ExportControl.tsx";
import { GapBanner } from "./GapBanner.tsx";
import { HelpControl } from "./HelpControl.tsx";
import { IconAct } from "./IconAct.tsx";
import { JumpField } from "./JumpField.tsx";
import { LaneView } from "./LaneView.tsx";
import { MarksControl } from "./MarksControl.tsx";
import { Badge, Readout } from "./Readout.tsx";
import { SpeedControl } from "./SpeedControl.tsx";
import { LoopControl, PlayButton, Transport, ZoomControl } from "./Transport.tsx";
import { type MarksBook, useMarks } from "./useMarks.ts";
import { useRecording } from "./useRecording.ts";
import { useTimelineKeys } from "./useTimelineKeys.ts";

/** How often a recording that grows is asked for: with its lanes in sight, and as one line. */
const growthMs = { open: 1_500, slim: 4_000 } as const;

const openKey = "timeline-open";

/** Whether the lanes are in sight: as chosen in this window, else where a recording is what the session is about. */
const useOpen = (): readonly [isOpen: boolean | null, setOpen: (isOpen: boolean) => void] => {
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(openKey));
  const choose = useCallback((isOpen: boolean): void => {
    sessionStorage.setItem(openKey, String(isOpen));
    setChosen(String(isOpen));
  }, []);
  return [chosen === null ? null : chosen === "true", choose];
};

/**
 * The timeline of a recording: where in it the picture is, and every way to be elsewhere. Shown whenever the session has
 * one, of its own last minutes too; one line where nobody works with it.
 */
export const Timeline = () => {
  const { player, timeline, bridge } = useServices();
  const [conductor] = useState(() =>
    createConductor({ player, timeline, askEvents: (ask) => bridge.request("log.events", ask) }),
  );
  useEffect(() => () => conductor.close(), [conductor]);
  useTimelineKeys(conductor, { player, timeline });
  const [chosen, setOpen] = useOpen();
  const overview = useRecording(chosen ? growthMs.open : growthMs.slim);
  if (!overview) return null;
  return (
    <ConductorProvider conductor={conductor}>
      <Panel overview={overview} isOpen={chosen ?? overview.origin === "file"} onOpen={setOpen} />
    </ConductorProvider>
  );
};

const Panel = (props: { overview: LogOverview; isOpen: boolean; onOpen: (isOpen: boolean) => void }) => {
  const { overview, isOpen, onOpen } = props;
  const t = useT();
  const mode = usePlayerFact((state) => state.mode);
  const book = useMarks();
  const wantsTyping = useConducted((facts) => facts.wantsTyping);
  useEffect(() => {
    if (wantsTyping && !isOpen) onOpen(true);
  }, [wantsTyping, isOpen, onOpen]);
  const lanes = <LaneView overview={overview} marks={book.marks.marks} isSlim={!isOpen} />;
  return (
    <>
      {mode === "replay" && <div className="replay-frame" aria-hidden="true" />}
      <section
        className="glass timeline"
        data-mode={mode}
        data-open={isOpen || undefined}
        aria-label={t("timeline.label")}
      >
        <div className="timeline-bar">
          <Badge />
          <Readout />
          {isOpen ? (
            <Controls book={book} curves={overview.curves} />
          ) : (
            <SlimControls book={book} lanes={lanes} />
          )}
          <HelpControl />
          <IconAct
            icon={isOpen ? "down" : "up"}
            tip={t(isOpen ? "timeline.close" : "timeline.open")}
            isExpanded={isOpen}
            onClick={() => onOpen(!isOpen)}
          />
        </div>
        <GapBanner />
        {isOpen && lanes}
      </section>
    </>
  );
};

const Controls = ({ book, curves }: { book: MarksBook; curves: LogOverview["curves"] }) => (
  <>
    <Transport />
    <SpeedControl />
    <LoopControl />
    <MarksControl book={book} />
    <ExportControl curves={curves} />
    <JumpField />
    <span className="status-space" />
    <ZoomControl />
  </>
);

const SlimControls = ({ book, lanes }: { book: MarksBook; lanes: ReactNode }) => (
  <>
    <PlayButton />
    {lanes}
    <MarksControl book={book} />
  </>
);
