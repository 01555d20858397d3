import { heatmaps } from "#renderer/data/heatmaps.ts";
import { fixedScales, type ScaleId } from "#renderer/data/scales.ts";
import type { TextKey } from "#renderer/i18n/translate.ts";
import { scaleShown } from "#renderer/stores/view.ts";
import { unitName } from "#renderer/ui/format.ts";
import { type PictureFacts, pictureSheet } from "#renderer/ui/pictureSheet.ts";
import { useFeed, useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatOffset, formatSiteClock } from "#renderer/ui/time.ts";
import { useTitle } from "#renderer/ui/title.ts";
import { useScale } from "#renderer/ui/zoom.ts";
import type { SavedValues } from "./saveValues.ts";

const titles = {
  load: "heatmap.legend.load",
  power: "heatmap.legend.power",
  inletTemperature: "heatmap.legend.inletTemperature",
  pue: "heatmap.legend.pue",
  pvTable: "subject.solar",
  windTurbine: "subject.wind",
} as const satisfies Record<ScaleId, TextKey>;

const units: Readonly<Record<ScaleId, string>> = {
  load: heatmaps.load.unit,
  power: heatmaps.power.unit,
  inletTemperature: heatmaps.inletTemperature.unit,
  pue: heatmaps.pue.unit,
  pvTable: "kW",
  windTurbine: "MW",
};

/** Saves what is seen, with what it shows written below it; null where there is no scene. */
export const useSavePicture = (): (() => Promise<SavedValues>) | null => {
  const t = useT();
  const language = useLanguage();
  const title = useTitle();
  const { picture, gauge, player, twin, readMs } = useServices();
  const heatmap = useView((view) => view.heatmap);
  // The scale that leads is the one that the picture is of; where none does, roofs still show the heat map.
  const id = useView((view) => scaleShown(view)?.scale ?? heatmap);
  const scaled = useScale(id);
  const fixed = fixedScales[id].range;
  const isSimulated = useFeed((feed) => feed.status?.simulated ?? false);
  if (!picture) return null;
  return async () => {
    const scene = await picture();
    const { utcOffsetMin } = twin.site;
    const timeMs = player.state.mode === "replay" ? player.cursorMs : readMs();
    const time = `${formatSiteClock(language, timeMs, utcOffsetMin)} ${formatOffset(utcOffsetMin)}`;
    const facts: PictureFacts = {
      title,
      moment: t(player.state.mode === "replay" ? "export.replay" : "export.live", { time }),
      marks: [
        ...(isSimulated ? [t("export.simulated")] : []),
        ...(twin.illustrative ? [t("export.illustrative")] : []),
      ],
      legend: {
        scaled,
        title: t(titles[id]),
        unit: unitName(units[id], language),
        zoomed: scaled.range === fixed ? null : t("zoom.sheet", { low: fixed[0], high: fixed[1] }),
      },
      headingDeg: gauge?.()?.headingDeg ?? null,
      north: t("view.northMark"),
    };
    const stamp = new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, "");
    return { name: `${twin.id}-${stamp}.png`, blob: await pictureSheet(scene, facts) };
  };
};
