import { useRef } from "react";
import type { AlarmPriority } from "#feed/contract/replay.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useT } from "#renderer/ui/text.ts";
import type { AlarmRow } from "./alarmRows.ts";
import { alarmRowHeight, type Band, type LaneLayout } from "./laneLayout.ts";
import { alarmGlyphs } from "./palette.ts";
import { type LaneAnswers, mostEvents } from "./useLanes.ts";
import { usePlaceName } from "./usePlaceName.ts";

interface LaneNamesProps {
  readonly layout: LaneLayout;
  readonly rows: readonly AlarmRow[];
  readonly answers: LaneAnswers;
  readonly isExpanded: boolean;
  readonly onExpand: () => void;
  readonly onScroll: (px: number) => void;
}

/** The letters of the last row reach a little below it. */
const descenderPx = 2;

const at = ({ top, height }: Band) => ({ top, height });

/** Names beside the lanes, in line with them. */
export const LaneNames = (props: LaneNamesProps) => {
  const { layout, answers } = props;
  const t = useT();
  const isCut = answers.events.length >= mostEvents;
  return (
    <div className="lane-names">
      <span className="lane-name" style={at(layout.coverage)}>
        {t("timeline.lane.coverage")}
      </span>
      <span className="lane-name" style={at(layout.quality)}>
        {t("timeline.lane.quality")}
      </span>
      <AlarmNames {...props} />
      <span className="lane-name" style={at(layout.events)}>
        {isCut ? t("timeline.lane.eventsCut", { n: formatNumber(mostEvents) }) : t("timeline.lane.events")}
      </span>
      <span className="lane-name" style={at(layout.marks)}>
        {t("timeline.lane.marks")}
      </span>
    </div>
  );
};

const AlarmNames = ({ layout, rows, answers, isExpanded, onExpand, onScroll }: LaneNamesProps) => {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  const { lanes, isEvaluating, hasFailed } = answers;
  const settled = t(rows.length === 0 ? "timeline.lane.noAlarms" : "timeline.lane.alarms");
  const answered = isEvaluating ? t("timeline.lane.evaluating") : settled;
  const state = hasFailed ? t("timeline.lane.failed") : lanes ? answered : t("timeline.lane.reading");
  const doesScroll = layout.alarmsWhole > layout.alarms.height;
  return (
    <>
      <div className="lane-alarm-head" style={{ top: layout.alarms.top, height: alarmRowHeight }}>
        {rows.length > 0 && (
          <button
            type="button"
            className="lane-expand"
            aria-expanded={isExpanded}
            title={t(isExpanded ? "timeline.fold" : "timeline.expand")}
            aria-label={t(isExpanded ? "timeline.fold" : "timeline.expand")}
            onClick={onExpand}
          >
            <Icon name={isExpanded ? "down" : "forward"} size={12} />
          </button>
        )}
        {!isExpanded && <span className="lane-state">{state}</span>}
      </div>
      <div
        ref={list}
        className="lane-alarm-names"
        data-expanded={isExpanded || undefined}
        style={at({ ...layout.alarms, height: layout.alarms.height + descenderPx })}
        // A region that scrolls must be reachable by keyboard.
        {...(doesScroll && { tabIndex: 0, role: "region", "aria-label": t("timeline.lane.alarms") })}
        onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
      >
        {rows.map((row) => (
          <AlarmName key={`${row.place} ${row.priority}`} row={row} />
        ))}
      </div>
    </>
  );
};

const AlarmName = ({ row: { place, priority, isFirst } }: { row: AlarmRow }) => {
  const t = useT();
  const placeName = usePlaceName();
  const name = place === null ? t("timeline.allPlaces") : placeName(place);
  const says = t("timeline.alarmRow", { priority: t(`timeline.priority.${priority}`), place: name });
  return (
    <span className="lane-alarm-name" style={{ height: alarmRowHeight }} title={says}>
      <span className="lane-place">{place !== null && isFirst ? name : ""}</span>
      <Glyph priority={priority} label={says} />
    </span>
  );
};

/** The shape of a priority, in its hue. */
const Glyph = ({ priority, label }: { priority: AlarmPriority; label: string }) => (
  <i className="timeline-glyph" data-priority={priority} role="img" aria-label={label}>
    {alarmGlyphs[priority]}
  </i>
);
