import { useEffect, useRef } from "react";
import type { KpiExplanation } from "#feed/contract/bridge.ts";
import type { Translate } from "#renderer/i18n/translate.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import {
  formatNumber,
  formatQuantity,
  formatRegister,
  formatShare,
  joinQuantity,
  noNumber,
} from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSpan } from "#renderer/ui/time.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";
import { meterRoles } from "#twins/model/twin.ts";
import { Pair, Pairs } from "./Section.tsx";

/** Meters listed at once; the rest is counted. */
const shownMeters = 12;
/** Figures whose formula is not a meter's reading itself. */
const formulas = ["powerRatio", "itPower", "totalPower", "load", "inletMax", "greenShare"] as const;
/** Main minus sub-meters beyond this share flags the value (STANDARDS, 总分表平衡), %. */
const balanceLimitPercent = 2;

/** How a site figure came to its number: formula, window, coverage, balance and every meter. */
export const KpiExplain = ({ name, onClose }: { name: string; onClose: () => void }) => {
  const t = useT();
  const { twin } = useServices();
  const site = siteOf(twin);
  const { value, hasFailed } = useAnswer(
    "kpi.explain",
    site ? { name, scope: twin.idOf(site) } : null,
    2_000,
  );
  const panel = useRef<HTMLElement>(null);
  useFocusReturn();
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      className="glass explain"
      role="dialog"
      aria-label={t("explain.title")}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="panel-head">
        <h2 className="panel-title">{t("explain.title")}</h2>
        <button type="button" className="icon-button" aria-label={t("drawer.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {hasFailed && <p className="note">{t("explain.failed")}</p>}
      {value && <Explanation explanation={value} />}
      {!value && !hasFailed && (
        <p className="note">{t(value === null ? "explain.none" : "explain.asking")}</p>
      )}
    </section>
  );
};

const Explanation = ({ explanation }: { explanation: KpiExplanation }) => {
  const t = useT();
  const { name, value, totalSource, coverage, category, balancePercent, isBelowIt, origin, meters } =
    explanation;
  const unusable = meters.filter(({ usable }) => !usable).length;
  return (
    <>
      <Pairs>
        <Pair name={t("explain.formula")}>
          {formulaText(t, name)} <span className="dim">{t("explain.standard")}</span>
          {name !== "itPower" && <span className="dim block">{t(`explain.total.${totalSource}`)}</span>}
        </Pair>
        <Pair name={t("explain.window")}>
          {windowText(t, explanation)} <OriginMark origin={origin} />
        </Pair>
        <Pair name={t("explain.coverage")}>
          {formatShare(coverage)}
          {value === null && unusable > 0 && (
            <span className="flag">
              {t("explain.missing", { count: formatNumber(unusable), total: formatNumber(meters.length) })}
            </span>
          )}
          {value === null && isBelowIt && <span className="flag">{t("explain.belowIt")}</span>}
        </Pair>
        <Pair name={t("explain.category")}>{t(`explain.category${category}`)}</Pair>
        <Pair name={t("explain.balance")}>
          <Balance percent={balancePercent} />
        </Pair>
      </Pairs>
      <MeterTable meters={meters} />
    </>
  );
};

/** The formula in words; a figure without one is named by the meters below. */
const formulaText = (t: Translate, name: string): string => {
  if (name.startsWith("pue")) return t("explain.formula.pue");
  const known = formulas.find((each) => each === name);
  return known ? t(`explain.formula.${known}`) : t("explain.formula.meter");
};

const windowText = (t: Translate, { windowMs, coveredMs }: KpiExplanation): string => {
  if (windowMs === null) return t("explain.windowNow");
  const window = formatSpan(t, windowMs);
  if (coveredMs === null || coveredMs >= windowMs) return window;
  return t("explain.windowSoFar", { window, covered: formatSpan(t, Math.max(0, coveredMs)) });
};

const Balance = ({ percent }: { percent: number | null }) => {
  const t = useT();
  if (percent === null) return <>{noNumber}</>;
  const isFlagged = Math.abs(percent) > balanceLimitPercent;
  return (
    <>
      {formatNumber(percent, 2)} %{" "}
      <span className={isFlagged ? "flag" : "dim"}>
        {t(isFlagged ? "explain.balanceFlag" : "explain.balanceOk")}
      </span>
    </>
  );
};

const MeterTable = ({ meters }: { meters: KpiExplanation["meters"] }) => {
  const t = useT();
  const rest = meters.length - shownMeters;
  const unusableFirst = meters.toSorted((a, b) => Number(a.usable) - Number(b.usable));
  return (
    <div className="scroll-x">
      <table className="table">
        <caption>{t("explain.meters", { count: formatNumber(meters.length) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("explain.meter")}</th>
            <th scope="col">{t("explain.role")}</th>
            <th scope="col" className="number">
              {t("explain.power")}
            </th>
            <th scope="col" className="number">
              {t("explain.registerStart")}
            </th>
            <th scope="col" className="number">
              {t("explain.register")}
            </th>
            <th scope="col" className="number">
              {t("explain.ratio")}
            </th>
          </tr>
        </thead>
        <tbody>
          {unusableFirst.slice(0, shownMeters).map((meter) => (
            <MeterLine key={meter.id} meter={meter} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="note">{t("explain.more", { count: formatNumber(rest) })}</p>}
    </div>
  );
};

const MeterLine = ({ meter }: { meter: KpiExplanation["meters"][number] }) => {
  const t = useT();
  const language = useLanguage();
  const role = meterRoles.find((each) => each === meter.role);
  const register = (kWh: number | null): string =>
    kWh === null ? noNumber : joinQuantity(formatRegister(kWh));
  return (
    <tr data-look={meter.usable ? "good" : "bad"}>
      <th scope="row">
        {meter.id}
        {!meter.usable && <span className="flag">{t("explain.unusable")}</span>}
      </th>
      <td>{role ? t(`role.${role}`) : meter.role}</td>
      <td className="number">
        {meter.powerKw === null
          ? noNumber
          : joinQuantity(formatQuantity(meter.powerKw, "kW", { language, resolution: 0.1 }))}
      </td>
      <td className="number">{register(meter.energyStartKwh)}</td>
      <td className="number">{register(meter.energyKwh)}</td>
      <td className="number">{formatNumber(meter.ratio)}</td>
    </tr>
  );
};
