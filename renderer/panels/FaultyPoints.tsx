import { useDeferredValue } from "react";
import type { PointQuality } from "#feed/contract/bridge.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { formatCount, formatNumber } from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { PointFaults } from "#renderer/ui/PointFaults.tsx";
import { PointReceived } from "#renderer/ui/Received.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { formatSiteMoment } from "#renderer/ui/time.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";
import { classSpec } from "#twins/model/catalogue.ts";

const shownPoints = 100;

/** Points with faults, worst first; each leads to its asset in the scene. */
export const FaultyPoints = ({ text }: { text: string }) => {
  const t = useT();
  const language = useLanguage();
  const wanted = useDeferredValue(text.trim());
  const params = wanted === "" ? { limit: shownPoints } : { limit: shownPoints, text: wanted };
  const { value, hasFailed } = useAnswer("quality.list", params, 2_000);
  const failure = hasFailed && <p className="note">{t("faults.failed")}</p>;
  if (!value) return failure;
  if (value.points.length === 0) {
    return (
      <>
        {failure}
        <p className="note">
          {wanted !== "" && t("dataQuality.noneFound")}
          {wanted === "" && t(value.whole.expected === 0 ? "dataQuality.nothingYet" : "dataQuality.none")}{" "}
          {wanted === "" && value.whole.expected > 0 && (
            <span className="dim">{t("dataQuality.noneTip")}</span>
          )}
        </p>
      </>
    );
  }
  const { points, total, beyond } = value;
  return (
    <>
      {failure}
      <table className="table">
        {(total > points.length || beyond > 0) && (
          <caption className="dim">
            {t("dataQuality.shown", {
              shown: formatNumber(points.length),
              total: formatCount(total, language),
            })}{" "}
            {beyond > 0 && t("dataQuality.beyond", { count: formatCount(beyond, language) })}
          </caption>
        )}
        <thead>
          <tr>
            <th scope="col">{t("dataQuality.asset")}</th>
            <th scope="col">{t("dataQuality.metric")}</th>
            <th scope="col">{t("dataQuality.what")}</th>
            <th scope="col">{t("dataQuality.since")}</th>
            <th scope="col">{t("dataQuality.share")}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <PointLine key={`${point.asset} ${point.metric}`} point={point} />
          ))}
        </tbody>
      </table>
    </>
  );
};

const PointLine = ({ point }: { point: PointQuality }) => {
  const t = useT();
  const language = useLanguage();
  const local = useLocal();
  const { twin, view, feedMs } = useServices();
  const asset = { className: point.className, row: point.row };
  const name = local(nameOf(twin, asset));
  const metric = classSpec(point.className).metrics.find(({ id }) => id === point.metric);
  const when = { nowMs: feedMs(), utcOffsetMin: twin.site.utcOffsetMin };
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="go"
          aria-label={t("dataQuality.show", { name: `${name} ${point.asset}` })}
          onClick={() => flyTo(view, asset)}
        >
          <Icon name="fly" />
          <span>{name}</span>
          <code className="dim">{point.asset}</code>
        </button>
      </th>
      <td>{metric && local(metric.name)}</td>
      <td>
        <PointFaults point={point} />
      </td>
      <td className="nowrap">{point.sinceMs !== null && formatSiteMoment(language, point.sinceMs, when)}</td>
      <td>
        <PointReceived of={point} />
      </td>
    </tr>
  );
};
