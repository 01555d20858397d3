import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { formatNumber, noNumber } from "#renderer/ui/format.ts";
import { whileCurrent } from "#renderer/ui/look.ts";
import { Mark, OriginMark } from "#renderer/ui/Mark.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { carbonScopes } from "#twins/model/tariff.ts";
import { cases, costOf, energyEstimate, fossilFactor } from "./inference.ts";

const digits = (value: number | null, decimals: number): string =>
  value === null ? noNumber : formatNumber(value, decimals);

/** One request → tokens → energy → carbon: derived, with every assumption beside it. */
export const InferenceFigure = () => {
  const t = useT();
  const { twin } = useServices();
  const window = useKpi("pue15m", siteOf(twin));
  const now = useKpi("powerRatio", siteOf(twin));
  // While the energy window still fills there is no PUE: the power ratio of this moment takes its place, and says so.
  const isWindow = window?.value !== null && window?.value !== undefined;
  const point = whileCurrent(isWindow ? window : now);
  const pue = point?.value ?? null;
  const configured = twin.carbonFactors.find(({ scope }) => scope !== "fossil");
  const gramsPerWh = configured?.kgPerKwh ?? fossilFactor;
  return (
    <>
      {(["bonc", "report"] as const).map((name) => {
        const cost = costOf(cases[name], { pue, gramsPerWh });
        return (
          <div key={name} className="chain">
            <h4>
              {t(`figure.inference.${name}`)} <Mark text={t("facts.derived")} />
            </h4>
            <ol>
              <Step value="1" word={t("figure.inference.request")} />
              <Step value={formatNumber(cases[name].tokens)} word={t("figure.inference.tokens")} isAssumed />
              <Step value={digits(cost.itWh, 2)} word={t("figure.inference.itWh")} isAssumed />
              <Step value={digits(cost.facilityWh, 2)} word={t("figure.inference.facilityWh")} />
              <Step value={digits(cost.grams, 2)} word={t("figure.inference.grams")} />
            </ol>
          </div>
        );
      })}
      <ul className="assumptions">
        <li>
          {t("figure.inference.a.tokens", {
            bonc: cases.bonc.tokens,
            report: formatNumber(cases.report.tokens),
          })}
        </li>
        <li>{t("figure.inference.a.energy", { ...energyEstimate })}</li>
        <li>
          {t(isWindow ? "figure.inference.a.pue" : "figure.inference.a.ratio", { pue: digits(pue, 3) })}{" "}
          {point && pue !== null && <OriginMark origin={point.origin} />}
        </li>
        <li>
          {configured && carbonScopes.includes(configured.scope)
            ? t("figure.inference.a.configured", {
                factor: formatNumber(configured.kgPerKwh, 4),
                source: configured.source,
                year: configured.year,
              })
            : t("figure.inference.a.fossil", { factor: formatNumber(fossilFactor, 3) })}
        </li>
      </ul>
    </>
  );
};

const Step = ({ value, word, isAssumed }: { value: string; word: string; isAssumed?: boolean }) => {
  const t = useT();
  return (
    <li data-assumed={isAssumed}>
      <b className="digits">{value}</b>
      <span>{word}</span>
      {isAssumed && <span className="chain-assumed">{t("figure.inference.assumed")}</span>}
    </li>
  );
};
