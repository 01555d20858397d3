import type { ReactNode } from "react";
import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { useSiteSecond } from "#renderer/ui/clock.ts";
import { kgPerHour, priceAt } from "#renderer/ui/dispatch/story.ts";
import type { Story } from "#renderer/ui/dispatch/useStory.ts";
import { formatMegawatts, formatNumber } from "#renderer/ui/format.ts";
import { whileCurrent } from "#renderer/ui/look.ts";
import { PointDigits, PointMarks } from "#renderer/ui/PointValue.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** What follows from the job: power of its room, what the sun and the wind give, what that emits and costs. */
export const Consequences = ({ story }: { story: Story }) => {
  const t = useT();
  const { twin } = useServices();
  const site = siteOf(twin);
  const [pv, wind] = [useKpi("pvPower", site), useKpi("windPower", site)];
  return (
    <section className="dispatch-part">
      <h3>{t("dispatch.follows")}</h3>
      <dl className="dispatch-follows">
        <Follows name={t("dispatch.power")}>
          <PointDigits point={story.power} /> <PointMarks point={story.power} />
        </Follows>
        <Follows name={t("dispatch.green")}>
          <PointDigits point={whileCurrent(pv)} write={formatMegawatts} /> +{" "}
          <PointDigits point={whileCurrent(wind)} write={formatMegawatts} /> <PointMarks point={wind} />
        </Follows>
        <Follows name={t("dispatch.carbon")}>
          <Carbon story={story} />
        </Follows>
        <Follows name={t("dispatch.price")}>
          <Price story={story} />
        </Follows>
      </dl>
    </section>
  );
};

const Follows = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Only by a factor that somebody published and the twin was given. */
const Carbon = ({ story }: { story: Story }) => {
  const t = useT();
  const [factor] = useServices().twin.carbonFactors;
  const kw = whileCurrent(story.power)?.value;
  if (!factor) return <span className="dim">{t("dispatch.noFactor")}</span>;
  return (
    <span title={factor.source}>
      {t("dispatch.emits", {
        kg: kw === null || kw === undefined ? "—" : formatNumber(kgPerHour(kw, factor)),
        factor: formatNumber(factor.kgPerKwh, 4),
        year: factor.year,
      })}
    </span>
  );
};

/** Only by a tariff that the twin was given: a published "as low as" is no price. */
const Price = ({ story }: { story: Story }) => {
  const t = useT();
  const { tariff, site } = useServices().twin;
  const siteMs = useSiteSecond() + site.utcOffsetMin * 60_000;
  const kw = whileCurrent(story.power)?.value;
  if (!tariff) return <span className="dim">{t("dispatch.noTariff")}</span>;
  const price = priceAt(tariff, siteMs);
  if (price === null) return <span className="dim">{t("dispatch.noPrice")}</span>;
  return (
    <span title={tariff.source}>
      {t("dispatch.costs", {
        sum: kw === null || kw === undefined ? "—" : formatNumber(kw * price),
        price: formatNumber(price, 2),
        currency: tariff.currency,
      })}
    </span>
  );
};
