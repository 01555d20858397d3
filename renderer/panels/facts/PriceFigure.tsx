import { formatNumber } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { type Tariff, tariffKinds } from "#twins/model/tariff.ts";

/** The configured tariff, or that there is none; the published price is a quote beside it and prices nothing. */
export const PriceFigure = () => {
  const t = useT();
  const { tariff } = useServices().twin;
  return tariff ? <Configured tariff={tariff} /> : <p>{t("figure.priceNone")}</p>;
};

const Configured = ({ tariff }: { tariff: Tariff }) => {
  const t = useT();
  const kinds = tariffKinds.flatMap((kind) => {
    const prices = tariff.periods.flatMap((period) =>
      period.kind === kind && period.pricePerKwh !== null ? [period.pricePerKwh] : [],
    );
    return prices.length > 0 ? [{ kind, low: Math.min(...prices), high: Math.max(...prices) }] : [];
  });
  return (
    <>
      <dl className="figures">
        {kinds.map(({ kind, low, high }) => (
          <div key={kind}>
            <dt>{t(`figure.price.${kind}`)}</dt>
            <dd>
              {low === high ? formatNumber(low, 4) : `${formatNumber(low, 4)}–${formatNumber(high, 4)}`}
              <span className="unit">{tariff.currency}/kWh</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="dim">{t("figure.priceSource", { source: tariff.source, date: tariff.date })}</p>
    </>
  );
};
