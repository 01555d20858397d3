import { heatmaps } from "#renderer/data/heatmaps.ts";
import { unitName } from "#renderer/ui/format.ts";
import { type PictureFacts, pictureSheet } from "#renderer/ui/pictureSheet.ts";
import { useFeed, useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatOffset, formatSiteClock } from "#renderer/ui/time.ts";
import { useTitle } from "#renderer/ui/title.ts";
import type { SavedValues } from "./saveValues.ts";

/** Saves what is seen, with what it shows written below it; null where there is no scene. */
export const useSavePicture = (): (() => Promise<SavedValues>) | null => {
  const t = useT();
  const language = useLanguage();
  const title = useTitle();
  const { picture, gauge, player, twin, readMs } = useServices();
  const heatmap = heatmaps[useView((view) => view.heatmap)];
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
        heatmap,
        title: t(`heatmap.legend.${heatmap.id}`),
        unit: unitName(heatmap.unit, language),
      },
      headingDeg: gauge?.()?.headingDeg ?? null,
      north: t("view.northMark"),
    };
    const stamp = new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, "");
    return { name: `${twin.id}-${stamp}.png`, blob: await pictureSheet(scene, facts) };
  };
};
