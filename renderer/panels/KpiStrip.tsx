import { type ReactNode, useMemo, useState } from "react";
import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { useFilling } from "#renderer/ui/filling.ts";
import { formatNumber, formatQuantity, joinQuantity, noNumber } from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { rackInventory } from "#renderer/ui/inventory.ts";
import { lookOf, whileCurrent } from "#renderer/ui/look.ts";
import { PointDigits, PointMarks } from "#renderer/ui/PointValue.tsx";
import { type Limit, RangeBar } from "#renderer/ui/RangeBar.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { occupancyLimits, pueLimits } from "#renderer/ui/targets.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { KpiExplain } from "./KpiExplain.tsx";

/** The site in six figures, each with its range, its limits, and on demand where it comes from. */
export const KpiStrip = () => {
  const t = useT();
  const { twin } = useServices();
  const [explained, setExplained] = useState<string | null>(null);
  const inventory = useMemo(() => rackInventory(twin), [twin]);
  const explain = (name: string): void => setExplained((shown) => (shown === name ? null : name));
  const { ratedKw } = inventory;
  const rated = ratedKw === null ? {} : { range: [0, Math.max(1, ratedKw)] as const };
  const total = ratedKw === null ? {} : { range: [0, Math.max(1, ratedKw * 1.5)] as const };
  return (
    <section className="kpi-strip" aria-label={t("kpi.strip")}>
      <KpiTile name="pue15m" label="kpi.pue" limits={pueLimits} explained={explained} onExplain={explain}>
        <RatioBeside />
      </KpiTile>
      <KpiTile name="itPower" label="kpi.itPower" {...rated} explained={explained} onExplain={explain}>
        {ratedKw !== null && <Rated kW={ratedKw} />}
      </KpiTile>
      <KpiTile
        name="totalPower"
        label="kpi.totalPower"
        {...total}
        explained={explained}
        onExplain={explain}
      />
      <KpiTile name="greenShare" label="kpi.greenShare" explained={explained} onExplain={explain} />
      <OccupancyTile racks={inventory.racks} occupied={inventory.occupied} />
      <KpiTile name="load" label="kpi.load" explained={explained} onExplain={explain} />
      {explained && <KpiExplain name={explained} onClose={() => setExplained(null)} />}
    </section>
  );
};

interface TileProps {
  /** Derived metric of the site. */
  readonly name: string;
  readonly label: `kpi.${"pue" | "itPower" | "totalPower" | "greenShare" | "load"}`;
  readonly range?: readonly [number, number];
  readonly limits?: readonly Limit[];
  readonly explained: string | null;
  readonly onExplain: (name: string) => void;
  readonly children?: ReactNode;
}

const KpiTile = ({ name, label, range, limits, explained, onExplain, children }: TileProps) => {
  const t = useT();
  const { twin } = useServices();
  const point = useKpi(name, siteOf(twin));
  const look = lookOf(point);
  const filling = useFilling(name);
  return (
    <div className="glass kpi-tile" data-look={look}>
      <div className="kpi-head">
        <span className="kpi-label">{t(label)}</span>
        <button
          type="button"
          className="icon-button"
          aria-expanded={explained === name}
          aria-label={t("kpi.why", { name: t(label) })}
          title={t("kpi.why", { name: t(label) })}
          onClick={() => onExplain(name)}
        >
          <Icon name="info" />
        </button>
      </div>
      <div className="kpi-value">
        <PointDigits point={point} />
        {filling && <span className="look-mark">{t("kpi.filling", { ...filling })}</span>}
        {(!filling || point?.value !== null) && <PointMarks point={point} />}
        <span className="kpi-aside">{children}</span>
      </div>
      <RangeBar
        value={point?.value ?? null}
        range={range ?? point?.metric.range ?? [0, 1]}
        look={look}
        limits={limits ?? []}
      />
    </div>
  );
};

/** The instant power ratio stands beside the energy PUE, never instead of it. */
const RatioBeside = () => {
  const t = useT();
  const { twin } = useServices();
  const point = whileCurrent(useKpi("powerRatio", siteOf(twin)));
  return (
    <>
      {t("kpi.ratio")} <PointDigits point={point} />
    </>
  );
};

const Rated = ({ kW }: { kW: number }) => {
  const t = useT();
  const language = useLanguage();
  return (
    <>{t("kpi.ofRated", { rated: joinQuantity(formatQuantity(kW, "kW", { language, resolution: 1 })) })}</>
  );
};

const OccupancyTile = ({ racks, occupied }: { racks: number; occupied: number | null }) => {
  const t = useT();
  const share = racks > 0 && occupied !== null ? occupied / racks : null;
  return (
    <div className="glass kpi-tile" title={t("kpi.occupancyTip")}>
      <div className="kpi-head">
        <span className="kpi-label">{t("kpi.occupancy")}</span>
      </div>
      <div className="kpi-value">
        <span className="digits">
          {share === null ? noNumber : formatNumber(share * 100, 1)}
          <span className="unit">%</span>
        </span>
        <span className="kpi-aside">
          {t("kpi.occupancyOf", {
            occupied: occupied === null ? noNumber : formatNumber(occupied),
            total: formatNumber(racks),
          })}
        </span>
      </div>
      <RangeBar
        value={share}
        range={[0, 1]}
        look={share === null ? "never" : "good"}
        limits={occupancyLimits}
      />
    </div>
  );
};
