import { useSyncExternalStore } from "react";
import type { Campus } from "#renderer/stores/session.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteClock } from "#renderer/ui/time.ts";

/** Says that the picture stands, since when, and how to go on: paused must never look like live. */
export const Paused = ({ campus }: { campus: Campus }) => {
  const { player, twin } = campus;
  const { mode } = useSyncExternalStore(player.onChange, () => player.state);
  const language = useLanguage();
  const t = useT();
  if (mode !== "paused") return null;
  const time = formatSiteClock(language, player.cursorMs, twin.site.utcOffsetMin);
  return (
    <div className="paused glass" role="status">
      <b>{t("paused.at", { time })}</b>
      <span>{t("paused.what")}</span>
      <button type="button" onClick={() => player.play()}>
        {t("paused.play")}
      </button>
    </div>
  );
};
