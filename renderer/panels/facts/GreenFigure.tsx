import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { lookOf } from "#renderer/ui/look.ts";
import { PointDigits, PointMarks } from "#renderer/ui/PointValue.tsx";
import { RangeBar } from "#renderer/ui/RangeBar.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import { type PublishedPoint, publishedPoints } from "./series.ts";

const decimals = (value: number): number => (Number.isInteger(value) ? 0 : 2);

/** The twin's own share of wind and sun at this moment, beside published shares: each with its definition and date. */
export const GreenFigure = () => {
  const t = useT();
  const { twin } = useServices();
  const point = useKpi("greenShare", siteOf(twin));
  return (
    <>
      <dl className="bars">
        <div>
          <dt>
            {t("figure.greenOwn")} <span className="dim">{t("figure.greenOwnNote")}</span>
          </dt>
          <dd>
            <RangeBar value={point?.value ?? null} range={[0, 100]} look={lookOf(point)} />
            <span className="bars-value">
              <PointDigits point={point} />
              <PointMarks point={point} />
            </span>
          </dd>
        </div>
        {publishedPoints(twin, "green").map((each) => (
          <Published key={each.fact.id} {...each} />
        ))}
      </dl>
      <p className="dim">{t("figure.greenNote")}</p>
    </>
  );
};

const Published = ({ fact, point }: PublishedPoint) => {
  const t = useT();
  const language = useLanguage();
  const local = useLocal();
  const digits = formatNumber(point.value, decimals(point.value));
  return (
    <div>
      <dt>
        {local(point.scope)}{" "}
        <span className="dim">
          {halfOf(fact.date, language)} · {fact.grade}
        </span>
      </dt>
      <dd>
        <span className="bars-published" aria-hidden="true">
          <span style={{ width: `${point.value}%` }} data-open={point.isAtLeast} />
        </span>
        <span className="bars-value">
          <span className="digits">
            {point.isAtLeast ? t("figure.over", { value: digits }) : digits}
            <span className="unit">%</span>
          </span>
        </span>
      </dd>
    </div>
  );
};
