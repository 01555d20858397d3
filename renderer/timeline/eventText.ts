import type { TimelineEvent } from "#feed/contract/replay.ts";
import type { Translate } from "#renderer/i18n/translate.ts";

const said = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

const states = ["connecting", "live", "late", "lost", "stopped"] as const;
/** States of a connection and of a publisher have words of their own; what has none stands as it is. */
const stateText = (t: Translate, state: unknown): string => {
  const known = states.find((each) => each === state);
  return known ? t(`source.${known}`) : said(state);
};

/**
 * An event in words; a code that is not known here stands as it is.
 * @param about name of what it is about
 */
export const eventText = (t: Translate, { code, detail }: TimelineEvent, about: string): string => {
  switch (code) {
    case "alarm":
      return t("timeline.event.alarm", { about });
    case "source":
      return t("timeline.event.source", { about, state: stateText(t, detail["to"]) });
    case "publisher":
      return t("timeline.event.publisher", { about, state: stateText(t, detail["to"]) });
    case "drops":
      return t("timeline.event.drops", { n: said(detail["count"]), reason: said(detail["reason"]) });
    case "recording-begins":
      return t("timeline.event.recording-begins");
    case "recording-resumes":
      return t("timeline.event.recording-resumes", { n: said(detail["lostSeconds"]) });
    case "events-lost":
      return t("timeline.event.events-lost", { n: said(detail["count"]) });
    default:
      return code;
  }
};
