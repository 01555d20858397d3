import { type ReactNode, useMemo } from "react";
import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { useFilling } from "#renderer/ui/filling.ts";
import { formatMegawatts, formatNumber, formatShare, noNumber } from "#renderer/ui/format.ts";
import { rackInventory } from "#renderer/ui/inventory.ts";
import { lookOf, whileCurrent } from "#renderer/ui/look.ts";
import { PointDigits, PointMarks } from "#renderer/ui/PointValue.tsx";
import { type Limit, RangeBar } from "#renderer/ui/RangeBar.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { occupancyLimits, occupancyTarget, pueLimits, pueTarget } from "#renderer/ui/targets.ts";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import type { Fact } from "#twins/model/twin.ts";
import { useTurn } from "./useTurn.ts";

/** Published compute facts that the wall may show, by id (CAMPUS §1); quarantined ones never. */
const wallFacts = ["city-compute", "cmcc-aidc", "ai-share"] as const;

/** A published figure stays long enough to be read twice. */
const factTurnMs = 15_000;

/** Left: what goes in. @param children at its foot, where they leave the middle to the scene */
export const EnergyColumn = ({ children }: { readonly children?: ReactNode }) => {
  const t = useT();
  return (
    <section className="wall-column" aria-label={t("wall.energy")}>
      <KpiCard name="pue15m" title={t("wall.pue")} note={t("wall.pueWindow")} limits={pueLimits}>
        <RatioNow />
        <span>{t("wall.target", { limit: formatNumber(pueTarget, 1) })}</span>
      </KpiCard>
      <KpiCard name="greenShare" title={t("wall.green")} />
      <Supply />
      {children}
    </section>
  );
};

/** Right: what comes of it. @param children at its foot @param isBrief leaves them the room of what moves slowly */
export const ComputeColumn = ({
  children,
  isBrief = false,
}: {
  readonly children?: ReactNode;
  readonly isBrief?: boolean;
}) => {
  const t = useT();
  const { twin } = useServices();
  const inventory = useMemo(() => rackInventory(twin), [twin]);
  const { ratedKw } = inventory;
  const turn = useTurn(factTurnMs);
  const facts = twin.facts.filter(
    (fact) => !fact.quarantined && (wallFacts as readonly string[]).includes(fact.id),
  );
  return (
    <section className="wall-column" aria-label={t("wall.compute")}>
      <KpiCard
        name="itPower"
        title={t("wall.it")}
        {...(ratedKw === null ? {} : { range: [0, Math.max(1, ratedKw)] })}
      />
      <KpiCard name="load" title={t("wall.load")} />
      {!isBrief && <Occupancy racks={inventory.racks} occupied={inventory.occupied} />}
      {facts.length > 0 && !isBrief && (
        <div className="glass wall-card wall-facts">
          <PublishedFact fact={facts[turn % facts.length]!} />
        </div>
      )}
      {children}
    </section>
  );
};

interface KpiCardProps {
  /** Derived metric of the site. */
  readonly name: string;
  readonly title: string;
  readonly note?: string;
  readonly range?: readonly [number, number];
  readonly limits?: readonly Limit[];
  readonly children?: ReactNode;
}

const KpiCard = ({ name, title, note, range, limits, children }: KpiCardProps) => {
  const t = useT();
  const { twin } = useServices();
  const point = useKpi(name, siteOf(twin));
  const look = lookOf(point);
  const filling = useFilling(name);
  return (
    <div className="glass wall-card" data-look={look}>
      <div className="wall-card-head">
        <h2>{title}</h2>
        {note && <span>{note}</span>}
      </div>
      <div className="wall-number">
        <PointDigits point={point} />
        {filling && <span className="look-mark">{t("kpi.filling", { ...filling })}</span>}
        {(!filling || point?.value !== null) && <PointMarks point={point} hasOrigin={false} />}
      </div>
      <RangeBar
        value={point?.value ?? null}
        range={range ?? point?.metric.range ?? [0, 1]}
        look={look}
        limits={limits ?? []}
      />
      {children && <p className="wall-note">{children}</p>}
    </div>
  );
};

const RatioNow = () => {
  const t = useT();
  const { twin } = useServices();
  const point = whileCurrent(useKpi("powerRatio", siteOf(twin)));
  const isShown = point?.value !== null && point?.value !== undefined;
  return <span>{t("wall.ratioNow", { value: isShown ? formatNumber(point.value ?? 0, 3) : noNumber })}</span>;
};

const Occupancy = ({ racks, occupied }: { racks: number; occupied: number | null }) => {
  const t = useT();
  const share = racks > 0 && occupied !== null ? occupied / racks : null;
  return (
    <div className="glass wall-card">
      <div className="wall-card-head">
        <h2>{t("wall.occupancy")}</h2>
        <span>{t("wall.targetOccupancy", { limit: formatShare(occupancyTarget, 0) })}</span>
      </div>
      <div className="wall-number">
        <span className="digits">
          {share === null ? noNumber : formatNumber(share * 100, 1)}
          <span className="unit">%</span>
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

const supplies = [
  { name: "gridPower", title: "wall.grid" },
  { name: "pvPower", title: "wall.pv" },
  { name: "windPower", title: "wall.wind" },
  { name: "storagePower", title: "wall.storage" },
] as const;

/** Where the power comes from at this moment. */
const Supply = () => {
  const t = useT();
  return (
    <div className="glass wall-card">
      <div className="wall-card-head">
        <h2>{t("wall.supply")}</h2>
      </div>
      <dl className="wall-supply">
        {supplies.map(({ name, title }) => (
          <SupplyLine key={name} name={name} title={t(title)} />
        ))}
      </dl>
    </div>
  );
};

const SupplyLine = ({ name, title }: { name: string; title: string }) => {
  const { twin } = useServices();
  const point = whileCurrent(useKpi(name, siteOf(twin)));
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <PointDigits point={point} write={formatMegawatts} />
        <RangeBar value={point?.value ?? null} range={point?.metric.range ?? [0, 1]} look={lookOf(point)} />
      </dd>
    </div>
  );
};

/** A published figure in its own words, with source and date; never mixed with measured values. */
const PublishedFact = ({ fact }: { fact: Fact }) => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  return (
    <figure className="wall-fact">
      <figcaption>{local(fact.title)}</figcaption>
      <blockquote lang="zh-CN">{fact.quote}</blockquote>
      {fact.caveat && <p className="wall-note">{local(fact.caveat)}</p>}
      <p className="wall-note">
        {t("wall.published", {
          source: halfOf(fact.source, language),
          date: halfOf(fact.date, language),
        })}
      </p>
    </figure>
  );
};
