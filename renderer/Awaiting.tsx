import type { FeedStatus } from "#feed/contract/status.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { useFeed } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";

const notAnnounced: NonNullable<FeedStatus["announced"]> = { points: 0, beyond: 0, isLaidOut: false };

/** In place of the scene while an announced campus has nothing to show: an empty world would look like an empty plant. */
export const Awaiting = () => {
  const t = useT();
  const language = useLanguage();
  const { points, isLaidOut } = useFeed((feed) => feed.status?.announced) ?? notAnnounced;
  const count = { points: formatCount(points, language) };
  return (
    <div className="awaiting">
      <h2 role="status">{t(isLaidOut ? "announced.nothing" : "announced.waiting", count)}</h2>
      <p>{t(isLaidOut ? "announced.nothingWhat" : "announced.waitingWhat")}</p>
      <p>{t(isLaidOut ? "announced.nothingDo" : "announced.waitingDo")}</p>
    </div>
  );
};
