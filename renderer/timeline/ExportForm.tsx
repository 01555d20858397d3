import { useId, useMemo, useRef, useState } from "react";
import { BridgeError } from "#feed/contract/client.ts";
import type { CurvesState, ExportAsk, TimeRange } from "#feed/contract/replay.ts";
import { exportProblemText } from "#renderer/i18n/export-problems.ts";
import type { Language } from "#renderer/i18n/translate.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { download } from "#renderer/ui/download.ts";
import { formatBytes, formatShare } from "#renderer/ui/format.ts";
import { useServices, useTrends, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { formatSiteClock, formatSiteTime } from "#renderer/ui/time.ts";
import { CurvesLine } from "./CurvesLine.tsx";
import { useConducted, useOffset } from "./context.tsx";
import { type PointSets, pointSets } from "./exportPoints.ts";
import { Popover } from "./Popover.tsx";
import { saveValues } from "./saveValues.ts";
import { useSavePicture } from "./useSavePicture.ts";

type RangeChoice = "loop" | "view" | "whole";

/** What became of the last export. */
type Outcome =
  | { readonly kind: "idle" }
  | { readonly kind: "reading"; readonly share: number }
  | { readonly kind: "done"; readonly name: string; readonly bytes: number }
  | { readonly kind: "failed"; readonly reason: string };

/** Ranges there are, narrowest first. */
const useRanges = (): ReadonlyMap<RangeChoice, TimeRange> => {
  const { timeline } = useServices();
  const inMs = useConducted((facts) => facts.inMs);
  const outMs = useConducted((facts) => facts.outMs);
  const { fromMs, toMs, recorded } = timeline.getState();
  const ranges = new Map<RangeChoice, TimeRange>();
  if (inMs !== null && outMs !== null && outMs > inMs) ranges.set("loop", { fromMs: inMs, toMs: outMs });
  if (recorded) {
    const view = { fromMs: Math.max(fromMs, recorded.fromMs), toMs: Math.min(toMs, recorded.toMs) };
    ranges.set("view", view).set("whole", recorded);
  }
  return ranges;
};

export const ExportForm = ({ curves, onClose }: { curves: CurvesState | null; onClose: () => void }) => {
  const t = useT();
  const language = useLanguage();
  const { bridge } = useServices();
  const selected = useView((view) => view.selected);
  const ranges = useRanges();
  const [choice, setChoice] = useState<RangeChoice>(() => [...ranges.keys()][0] ?? "whole");
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const abort = useRef<AbortController | null>(null);
  const savePicture = useSavePicture();
  const range = ranges.get(choice);
  const charted = useTrends((trends) => trends.points);
  const sets = useMemo(() => pointSets(selected, charted), [selected, charted]);
  const [wanted, setWanted] = useState<keyof PointSets>("charted");
  const chosen = sets[wanted] ? wanted : (Object.keys(sets)[0] as keyof PointSets | undefined);
  const points = (chosen && sets[chosen]) ?? [];
  const isReading = outcome.kind === "reading";

  const controller = (): AbortController => {
    abort.current = new AbortController();
    return abort.current;
  };
  const run = async (save: () => Promise<{ readonly name: string; readonly blob: Blob }>): Promise<void> => {
    try {
      const { name, blob } = await save();
      download(blob, name);
      setOutcome({ kind: "done", name, bytes: blob.size });
    } catch (error) {
      if (abort.current?.signal.aborted) setOutcome({ kind: "idle" });
      else setOutcome({ kind: "failed", reason: reasonOf(error, language) });
    }
  };
  const exportAs = (format: ExportAsk["format"]): void => {
    if (!range) return;
    const { signal } = controller();
    setOutcome({ kind: "reading", share: 0 });
    const onProgress = (share: number): void => setOutcome({ kind: "reading", share });
    void run(() => saveValues(bridge, { ...range, format, points }, { signal, onProgress }));
  };
  return (
    <Popover label={t("export.title")} className="timeline-export" onClose={onClose}>
      <RangePicker ranges={ranges} choice={choice} onChoice={setChoice} />
      <PointsPicker sets={sets} chosen={chosen} onChoice={setWanted} />
      <div className="timeline-form-foot">
        {(["csv", "parquet"] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            disabled={isReading || points.length === 0 || !range}
            onClick={() => exportAs(format)}
          >
            {t(`export.${format}`)}
          </button>
        ))}
        <button
          type="button"
          className="button"
          title={t("export.pictureTip")}
          disabled={isReading || savePicture === null}
          onClick={() => savePicture && void run(savePicture)}
        >
          {t("export.picture")}
        </button>
      </div>
      <p className="dim timeline-export-note">{t("export.gaps")}</p>
      <OutcomeLine outcome={outcome} onCancel={() => abort.current?.abort()} />
      {curves && <CurvesLine curves={curves} />}
    </Popover>
  );
};

const reasonOf = (error: unknown, language: Language): string => {
  const known = error instanceof BridgeError && exportProblemText(language, error.problem?.code ?? "");
  if (known) return known;
  if (error instanceof BridgeError && error.problem) return `${error.problem.message}. ${error.problem.tip}`;
  return error instanceof Error ? error.message : String(error);
};

const RangePicker = (props: {
  ranges: ReadonlyMap<RangeChoice, TimeRange>;
  choice: RangeChoice;
  onChoice: (choice: RangeChoice) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const offsetMin = useOffset();
  const name = useId();
  const words = { loop: t("export.rangeLoop"), view: t("export.rangeView"), whole: t("export.rangeWhole") };
  return (
    <fieldset className="timeline-export-ranges" aria-label={t("export.range")}>
      {[...props.ranges].map(([choice, { fromMs, toMs }]) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            checked={choice === props.choice}
            onChange={() => props.onChoice(choice)}
          />
          <span>{words[choice]}</span>
          <span className="dim">
            {t("export.span", {
              from: formatSiteClock(language, fromMs, offsetMin),
              to: formatSiteTime(toMs, offsetMin),
            })}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

const PointsPicker = (props: {
  sets: PointSets;
  chosen: keyof PointSets | undefined;
  onChoice: (choice: keyof PointSets) => void;
}) => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  const selected = useView((view) => view.selected);
  const name = useId();
  const { charted, selected: ofSelected } = props.sets;
  const words = {
    charted: t("export.charted", { n: charted?.length ?? 0 }),
    selected:
      selected && t("export.selected", { asset: local(nameOf(twin, selected)), n: ofSelected?.length ?? 0 }),
  };
  if (!props.chosen) return <p className="dim">{t("export.nothing")}</p>;
  return (
    <fieldset className="timeline-export-ranges" aria-label={t("export.what")}>
      {(Object.keys(props.sets) as (keyof PointSets)[]).map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            checked={choice === props.chosen}
            onChange={() => props.onChoice(choice)}
          />
          <span>{words[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
};

const OutcomeLine = ({ outcome, onCancel }: { outcome: Outcome; onCancel: () => void }) => {
  const t = useT();
  if (outcome.kind === "idle") return null;
  if (outcome.kind === "failed") return <p role="alert">{t("export.failed", { reason: outcome.reason })}</p>;
  if (outcome.kind === "done")
    return <p role="status">{t("export.done", { name: outcome.name, size: formatBytes(outcome.bytes) })}</p>;
  return (
    <div className="timeline-export-progress">
      <progress max={1} value={outcome.share} aria-label={t("export.title")} />
      <span>{t("export.progress", { share: formatShare(outcome.share, 0) })}</span>
      <button type="button" className="tool" onClick={onCancel}>
        {t("export.cancel")}
      </button>
    </div>
  );
};
