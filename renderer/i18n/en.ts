import { enAnnounced } from "./en-announced.ts";
import { enAsset } from "./en-asset.ts";
import { enCharts } from "./en-charts.ts";
import { enDispatch } from "./en-dispatch.ts";
import { enDrill } from "./en-drill.ts";
import { enEnergy } from "./en-energy.ts";
import { enExport } from "./en-export.ts";
import { enExtremes } from "./en-extremes.ts";
import { enFacts } from "./en-facts.ts";
import { enFeed } from "./en-feed.ts";
import { enFigures } from "./en-figures.ts";
import { enFrame } from "./en-frame.ts";
import { enPicture } from "./en-picture.ts";
import { enQuality } from "./en-quality.ts";
import { enRecordings } from "./en-recordings.ts";
import { enRegion } from "./en-region.ts";
import { enScreens } from "./en-screens.ts";
import { enSubject } from "./en-subject.ts";
import { enTimeline } from "./en-timeline.ts";
import { enView } from "./en-view.ts";
import { enWalk } from "./en-walk.ts";
import { enZoom } from "./en-zoom.ts";

/**
 * English texts. They define the keys and their `{placeholders}`; the Chinese ones must have the same of both.
 * Sentences are whole: nothing is put together from pieces.
 */
export const en = {
  ...enFrame,
  ...enAsset,
  ...enEnergy,
  ...enFeed,
  ...enExport,
  ...enAnnounced,
  ...enQuality,
  ...enPicture,
  ...enDrill,
  ...enTimeline,
  ...enCharts,
  ...enRecordings,
  ...enView,
  ...enWalk,
  ...enFacts,
  ...enRegion,
  ...enFigures,
  ...enScreens,
  ...enSubject,
  ...enDispatch,
  ...enExtremes,
  ...enZoom,
} as const;

/** Every key of the product's texts. */
export type TextKey = keyof typeof en;
