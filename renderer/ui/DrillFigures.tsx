import type { ScenarioShown } from "#feed/contract/scenario.ts";
import { usePoint } from "#renderer/stores/points.ts";
import type { ScenarioFigure } from "#twins/scenario/scenario.ts";
import { siteOf } from "./assets.ts";
import { formatMegawatts, formatQuantity, joinQuantity, noNumber, type Quantity } from "./format.ts";
import { lookOf } from "./look.ts";
import { LookMark } from "./Mark.tsx";
import { PointDigits } from "./PointValue.tsx";
import { useServices } from "./services.tsx";
import { useLanguage, useT } from "./text.ts";

/** What a scenario is about: each figure now, from telemetry, and what the plant says it was at the beginning. */
export const DrillFigures = ({ shown: { state } }: { readonly shown: ScenarioShown }) => {
  const t = useT();
  const { figures = [] } = state;
  if (figures.length === 0) return null;
  return (
    <dl className="drill-figures" aria-label={t("drill.figures")}>
      {figures.map((figure) => (
        <Figure key={`${figure.asset} ${figure.metric}`} {...figure} />
      ))}
    </dl>
  );
};

const Figure = ({ asset, metric, atStart }: ScenarioFigure) => {
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const ref = asset === "site" ? siteOf(twin) : twin.find(asset);
  const point = usePoint(ref, metric);
  // A sum that no instrument tells, or an asset that this campus lacks: nothing to show.
  if (!ref || !point) return null;
  const { metric: spec, unit } = point;
  // Power in one unit, so that then and now can be compared.
  const write =
    unit === "kW" && Math.max(Math.abs(atStart ?? 0), Math.abs(point.value ?? 0)) >= 1000
      ? formatMegawatts
      : (value: number): Quantity => formatQuantity(value, unit, { language, resolution: spec.resolution });
  const state = spec.states?.find(({ code }) => code === atStart);
  const before = atStart === null ? noNumber : (state?.[language] ?? joinQuantity(write(atStart)));
  const look = lookOf(point);
  return (
    <div title={`${twin.table(ref.className).nameOf(ref.row)[language]} · ${asset}`}>
      <dt>{spec.name[language]}</dt>
      <dd>
        <PointDigits point={point} write={write} />
        {(look === "stale" || look === "bad") && <LookMark look={look} />}
        <span className="drill-before">{t("drill.atStart", { value: before })}</span>
      </dd>
    </div>
  );
};
