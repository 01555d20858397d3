import { useMemo } from "react";
import { usePoint } from "#renderer/stores/points.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { CentreFigures, CentreHeads } from "#renderer/ui/dispatch/CentreFigures.tsx";
import { centresOf } from "#renderer/ui/dispatch/centres.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
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
        <CentreHeads />
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

const CentreRow = ({ centre, isHome }: { centre: AssetRef; isHome: boolean }) => {
  const local = useLocal();
  const { view, twin } = useServices();
  return (
    <tr data-home={isHome || undefined}>
      <th scope="row">
        <button type="button" className="crumb" onClick={() => flyTo(view, centre)}>
          {local(nameOf(twin, centre))}
        </button>
      </th>
      <CentreFigures centre={centre} isHome={isHome} />
    </tr>
  );
};
