import { useMemo } from "react";
import { energyReader } from "#renderer/data/energyFlow.ts";
import { usePoint } from "#renderer/stores/points.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { CentreFigures, CentreHeads } from "#renderer/ui/dispatch/CentreFigures.tsx";
import { centresOf } from "#renderer/ui/dispatch/centres.ts";
import { EnergyKey, EnergyOrigin, Sankey } from "#renderer/ui/energy/Sankey.tsx";
import { wallSankey } from "#renderer/ui/energy/sankeyLayout.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { RegionKey, RegionTitle } from "#renderer/ui/region/RegionParts.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** Left of the region's diagram: what was published about it, and what its signs mean. */
export const RegionColumn = () => {
  const t = useT();
  return (
    <section className="wall-column" aria-label={t("region.title")}>
      <div className="glass wall-card">
        <RegionTitle />
      </div>
      <div className="glass wall-card">
        <RegionKey />
      </div>
    </section>
  );
};

/** Right of it: the figures of every centre. */
export const NetworkColumn = () => {
  const t = useT();
  const { twin } = useServices();
  const centres = useMemo(() => centresOf(twin), [twin]);
  const origin = usePoint(centres[0], "idleCompute")?.origin;
  if (centres.length === 0) return null;
  return (
    <section className="wall-column" aria-label={t("dispatch.title")}>
      <div className="glass wall-card">
        <div className="wall-card-head">
          <h2>{t("dispatch.title")}</h2>
          {origin && <OriginMark origin={origin} />}
        </div>
        <table className="wall-network">
          <CentreHeads />
          <tbody>
            {centres.map((centre, index) => (
              <CentreLine key={centre.row} centre={centre} isHome={index === 0} />
            ))}
          </tbody>
        </table>
        <p className="wall-note">{t("dispatch.precision")}</p>
      </div>
    </section>
  );
};

const CentreLine = ({ centre, isHome }: { centre: AssetRef; isHome: boolean }) => {
  const local = useLocal();
  const { twin } = useServices();
  return (
    <tr data-home={isHome || undefined}>
      <th scope="row">{local(nameOf(twin, centre))}</th>
      <CentreFigures centre={centre} isHome={isHome} />
    </tr>
  );
};

/** The balance as a drawing, beside its ribbons; how wide those are, and what edges say. */
export const WallEnergy = () => {
  const t = useT();
  const { campus } = useServices();
  const read = useMemo(() => energyReader(campus), [campus]);
  return (
    <div className="glass wall-card wall-energy">
      <div className="wall-card-head">
        <h2>
          {t("energy.title")} <EnergyOrigin read={read} />
        </h2>
        <span>{t("energy.now")}</span>
      </div>
      <Sankey read={read} size={wallSankey} />
      <EnergyKey />
      <p className="wall-note">
        <b>{t("energy.scene.ribbon")}</b> {t("energy.scene.ribbonText")}
      </p>
    </div>
  );
};
