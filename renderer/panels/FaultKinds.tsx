import type { FaultCode, FaultRecord } from "#feed/contract/status.ts";
import { faultText } from "#renderer/i18n/faults.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteMoment } from "#renderer/ui/time.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";

/** Points named per fault; the record holds the worst first. */
const shownPoints = 3;

/** Found in what came over time, not in one message: there is no payload to show. */
const ofNoMessage: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "gap",
  "frozen",
  "counter-reset",
  "counter-wrap",
]);

/** What arrived and could not be taken as it came, by kind: how often, an example, and what to do about it. */
export const FaultKinds = () => {
  const t = useT();
  const { value, hasFailed } = useAnswer("faults.list", {}, 1_000);
  const faults = value?.toSorted((a, b) => b.count - a.count) ?? [];
  return (
    <>
      {hasFailed && <p className="note">{t("faults.failed")}</p>}
      {value && faults.length === 0 && (
        <p className="note">
          {t("faults.none")} <span className="dim">{t("faults.noneTip")}</span>
        </p>
      )}
      {faults.length > 0 && (
        <table className="table" aria-label={t("faults.title")}>
          <thead>
            <tr>
              <th scope="col">{t("faults.kind")}</th>
              <th scope="col" className="number">
                {t("faults.count")}
              </th>
              <th scope="col">{t("faults.last")}</th>
              <th scope="col">{t("faults.example")}</th>
              <th scope="col">{t("faults.do")}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault) => (
              <FaultLine key={fault.code} fault={fault} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

const FaultLine = ({ fault }: { fault: FaultRecord }) => {
  const t = useT();
  const language = useLanguage();
  const { twin, feedMs } = useServices();
  const when = { nowMs: feedMs(), utcOffsetMin: twin.site.utcOffsetMin };
  const text = faultText(language, fault.code);
  const { topic, payload, detail } = fault.example;
  return (
    <tr>
      <th scope="row">
        {text.name}
        <span className="dim block">{text.what}</span>
      </th>
      <td className="number">{formatCount(fault.count, language)}</td>
      <td className="nowrap">{formatSiteMoment(language, fault.lastMs, when)}</td>
      <td className="example">
        <code>{topic}</code>
        {!ofNoMessage.has(fault.code) && (
          <code className="dim">{payload === "" ? t("faults.payloadEmpty") : payload}</code>
        )}
        {detail && (
          <span className="dim" lang="en">
            {detail}
          </span>
        )}
      </td>
      <td>
        {text.tip}
        {fault.points.length > 1 && (
          <span className="dim block">
            {t("faults.where")}
            {fault.points.slice(0, shownPoints).map((point) => (
              <code key={point.topic} className="block">
                {point.asset ? `${point.asset} ${point.metric}` : point.topic} ·{" "}
                {formatCount(point.count, language)}
              </code>
            ))}
          </span>
        )}
      </td>
    </tr>
  );
};
