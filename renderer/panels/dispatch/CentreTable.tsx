import { useMemo } from "react";
import { usePoint } from "#renderer/stores/points.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { centresOf } from "#renderer/ui/dispatch/centres.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { PointDigits } from "#renderer/ui/PointValue.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** Every centre of the network: what idles, what runs, what moves, how far away it is. */
export const CentreTable = () => {
  const t = useT();
  const { twin } = useServices();
  const centres = useMemo(() => centresOf(twin), [twin]);
  const origin = usePoint(centres[0], "idleCompute")?.origin;
  if (centres.length === 0) return null;
  return (
    <section className="dispatch-part">
      <h3 className="dispatch-line">
        {t("dispatch.centres")}
        {origin && <OriginMark origin={origin} />}
      </h3>
      <table className="dispatch-table">
        <thead>
          <tr>
            <th scope="col">{t("dispatch.centre")}</th>
            <th scope="col">{t("dispatch.idle")}</th>
            <th scope="col">{t("dispatch.jobs")}</th>
            <th scope="col">{t("dispatch.rate")}</th>
            <th scope="col">{t("dispatch.roundTrip")}</th>
          </tr>
        </thead>
        <tbody>
          {centres.map((centre, index) => (
            <CentreRow key={centre.row} centre={centre} isHome={index === 0} />
          ))}
        </tbody>
      </table>
      <p className="note">{t("dispatch.precision")}</p>
    </section>
  );
};

const bare = (decimals: number) => (value: number) => ({ digits: formatNumber(value, decimals), unit: "" });

const CentreRow = ({ centre, isHome }: { centre: AssetRef; isHome: boolean }) => {
  const local = useLocal();
  const { view, twin } = useServices();
  const latency = usePoint(centre, "latency");
  return (
    <tr data-home={isHome || undefined}>
      <th scope="row">
        <button type="button" className="crumb" onClick={() => flyTo(view, centre)}>
          {local(nameOf(twin, centre))}
        </button>
      </th>
      <td>
        <PointDigits point={usePoint(centre, "idleCompute")} write={bare(0)} />
      </td>
      <td>
        <PointDigits point={usePoint(centre, "jobs")} write={bare(0)} />
      </td>
      <td>
        <PointDigits point={usePoint(centre, "transferRate")} write={bare(0)} />
      </td>
      <td>{isHome ? "" : <PointDigits point={latency} write={bare(1)} />}</td>
    </tr>
  );
};
