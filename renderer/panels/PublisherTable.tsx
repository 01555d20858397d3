import { useFeedSecond } from "#renderer/ui/clock.ts";
import { formatCount, noNumber } from "#renderer/ui/format.ts";
import { Received } from "#renderer/ui/Received.tsx";
import { SkewText } from "#renderer/ui/SkewText.tsx";
import { useFeed } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatAge } from "#renderer/ui/time.ts";
import { BrokerTable } from "./BrokerTable.tsx";

/** How a publisher's state shows. */
const look = { gone: "stale", late: "late", live: "good", unsynced: "late", unknown: "good" } as const;

/** Which brokers are read, who publishes there, whether they are alive, and how far their clocks are off. */
export const PublisherTable = () => (
  <>
    <BrokerTable />
    <Publishers />
  </>
);

const Publishers = () => {
  const t = useT();
  const language = useLanguage();
  const nowMs = useFeedSecond();
  const publishers = useFeed((feed) => feed.status?.publishers);
  const isLost = useFeed((feed) => feed.bridge === "lost");
  if (!publishers || publishers.length === 0) return <p className="note">{t("publishers.none")}</p>;
  return (
    <table className="table">
      <caption>{t("drawer.publishers")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("publishers.name")}</th>
          <th scope="col">{t("publishers.state")}</th>
          <th scope="col">{t("publishers.origin")}</th>
          <th scope="col" className="number">
            {t("publishers.points")}
          </th>
          <th scope="col">{t("dataQuality.share")}</th>
          <th scope="col" className="number">
            {t("publishers.skew")}
          </th>
          <th scope="col" className="number">
            {t("publishers.heartbeat")}
          </th>
        </tr>
      </thead>
      <tbody>
        {publishers.map((publisher) => (
          <tr key={publisher.id} data-look={isLost ? "stale" : look[publisher.state]}>
            <th scope="row">{publisher.id}</th>
            <td>{isLost ? noNumber : t(`publishers.${publisher.state}`)}</td>
            <td>{t(`origin.${publisher.origin}`)}</td>
            <td className="number">{formatCount(publisher.points, language)}</td>
            <td>
              <Received of={publisher} />
            </td>
            <td className="number">
              <SkewText publisher={publisher} />
            </td>
            <td className="number">
              {publisher.lastHeartbeatMs === null
                ? noNumber
                : formatAge(t, Math.max(0, nowMs - publisher.lastHeartbeatMs))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
