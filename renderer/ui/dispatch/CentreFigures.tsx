import { usePoint } from "#renderer/stores/points.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { PointDigits } from "#renderer/ui/PointValue.tsx";
import { useT } from "#renderer/ui/text.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** Heads of a table of compute centres, with the units that its figures leave out. */
export const CentreHeads = () => {
  const t = useT();
  return (
    <thead>
      <tr>
        <th scope="col">{t("dispatch.centre")}</th>
        <th scope="col">{t("dispatch.idle")}</th>
        <th scope="col">{t("dispatch.jobs")}</th>
        <th scope="col">{t("dispatch.rate")}</th>
        <th scope="col">{t("dispatch.roundTrip")}</th>
      </tr>
    </thead>
  );
};

const bare = (decimals: number) => (value: number) => ({ digits: formatNumber(value, decimals), unit: "" });

/** What idles, what runs, what moves, how far away it is: the cells of a centre's row, after its name. */
export const CentreFigures = ({ centre, isHome }: { centre: AssetRef; isHome: boolean }) => {
  const latency = usePoint(centre, "latency");
  return (
    <>
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
    </>
  );
};
