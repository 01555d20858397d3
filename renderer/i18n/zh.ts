import type { TextKey } from "./en.ts";
import { zhAnnounced } from "./zh-announced.ts";
import { zhAsset } from "./zh-asset.ts";
import { zhCharts } from "./zh-charts.ts";
import { zhDispatch } from "./zh-dispatch.ts";
import { zhDrill } from "./zh-drill.ts";
import { zhEnergy } from "./zh-energy.ts";
import { zhExport } from "./zh-export.ts";
import { zhExtremes } from "./zh-extremes.ts";
import { zhFacts } from "./zh-facts.ts";
import { zhFeed } from "./zh-feed.ts";
import { zhFigures } from "./zh-figures.ts";
import { zhFrame } from "./zh-frame.ts";
import { zhPicture } from "./zh-picture.ts";
import { zhQuality } from "./zh-quality.ts";
import { zhRecordings } from "./zh-recordings.ts";
import { zhRegion } from "./zh-region.ts";
import { zhScreens } from "./zh-screens.ts";
import { zhSubject } from "./zh-subject.ts";
import { zhTimeline } from "./zh-timeline.ts";
import { zhView } from "./zh-view.ts";
import { zhWalk } from "./zh-walk.ts";
import { zhZoom } from "./zh-zoom.ts";

/** 简体中文文本。键与占位符与英文相同(类型与测试检查)。 */
export const zh: Readonly<Record<TextKey, string>> = {
  ...zhFrame,
  ...zhAsset,
  ...zhEnergy,
  ...zhFeed,
  ...zhExport,
  ...zhAnnounced,
  ...zhQuality,
  ...zhPicture,
  ...zhDrill,
  ...zhTimeline,
  ...zhCharts,
  ...zhRecordings,
  ...zhView,
  ...zhWalk,
  ...zhFacts,
  ...zhRegion,
  ...zhFigures,
  ...zhScreens,
  ...zhSubject,
  ...zhDispatch,
  ...zhExtremes,
  ...zhZoom,
};
