import type { BrokerStatus } from "#feed/contract/status.ts";
import { sourceErrorText } from "#renderer/i18n/source-errors.ts";
import { useFeedSecond } from "#renderer/ui/clock.ts";
import { formatCount, noNumber } from "#renderer/ui/format.ts";
import { useFeed } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatAge } from "#renderer/ui/time.ts";

/** How a broker's state shows. */
const look = { live: "good", late: "late", connecting: "late", lost: "stale", stopped: "stale" } as const;

/** Every broker that is read: whether it is there, what it speaks, and what is wrong. */
export const BrokerTable = () => {
  const t = useT();
  const brokers = useFeed((feed) => feed.status?.brokers);
  if (!brokers || brokers.length === 0) return null;
  return (
    <table className="table">
      <caption>{t("brokers.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("brokers.address")}</th>
          <th scope="col">{t("publishers.state")}</th>
          <th scope="col">{t("brokers.wires")}</th>
          <th scope="col" className="number">
            {t("brokers.reconnects")}
          </th>
          <th scope="col">{t("brokers.trouble")}</th>
        </tr>
      </thead>
      <tbody>
        {brokers.map((broker) => (
          <BrokerRow key={broker.address} broker={broker} />
        ))}
      </tbody>
    </table>
  );
};

const BrokerRow = ({ broker }: { broker: BrokerStatus }) => {
  const t = useT();
  const language = useLanguage();
  const nowMs = useFeedSecond();
  const isLost = useFeed((feed) => feed.bridge === "lost");
  const { address, state, protocol, wires, sinceMs, reconnects, error } = broker;
  const spoken = [protocol && t("source.protocol", { version: protocol }), ...wires].filter(Boolean);
  return (
    <tr data-look={isLost ? "stale" : look[state]}>
      <th scope="row">{address}</th>
      <td>{isLost ? noNumber : `${t(`source.${state}`)} · ${formatAge(t, Math.max(0, nowMs - sinceMs))}`}</td>
      <td>{spoken.join(" · ") || noNumber}</td>
      <td className="number">{formatCount(reconnects, language)}</td>
      <td title={error?.detail}>{error ? sourceErrorText(language, error.code).what : noNumber}</td>
    </tr>
  );
};
