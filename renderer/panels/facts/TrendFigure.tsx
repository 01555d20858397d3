import { formatNumber } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import { monthOf, type PublishedPoint, publishedPoints } from "./series.ts";

const box = { width: 560, height: 250, left: 26, right: 76, top: 30, bottom: 34 } as const;
const gridP = [0, 40_000, 80_000, 120_000] as const;
const topP = 135_000;

/** Published compute over time: points with date and grade. A dashed line leads the eye and claims nothing between them. */
export const TrendFigure = () => {
  const t = useT();
  const { twin } = useServices();
  const points = publishedPoints(twin, "compute");
  if (points.length === 0) return null;
  const months = points.map(({ point }) => monthOf(point.at));
  const [first, last] = [Math.min(...months), Math.max(...months)];
  const x = (at: string): number =>
    box.left +
    24 +
    ((monthOf(at) - first) / Math.max(1, last - first)) * (box.width - box.left - box.right - 24);
  const y = (value: number): number =>
    box.height - box.bottom - (value / topP) * (box.height - box.top - box.bottom);
  const scopes = [...new Set(points.map(({ point }) => point.scope.en))];
  const main = scopes.reduce((best, scope) =>
    countOf(points, scope) > countOf(points, best) ? scope : best,
  );
  const line = points.filter(({ point }) => point.scope.en === main);
  return (
    <div className="plot-figure">
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t("figure.trendPlot")}>
        {gridP.map((value) => (
          <g key={value}>
            <line className="plot-grid" x1={8} x2={box.width - 64} y1={y(value)} y2={y(value)} />
            <text className="plot-tick" x={box.width - 58} y={y(value) + 4}>
              {formatNumber(value)}
            </text>
          </g>
        ))}
        <text className="plot-tick" x={box.width - 58} y={12}>
          P
        </text>
        <polyline
          className="plot-dash"
          points={line.map(({ point }) => `${x(point.at)},${y(point.value)}`).join(" ")}
        />
        {points.map((each) => (
          <Point
            key={each.fact.id}
            {...each}
            x={x(each.point.at)}
            y={y(each.point.value)}
            isMain={each.point.scope.en === main}
          />
        ))}
      </svg>
      <TrendLegend points={points} main={main} />
      <p className="dim">{t("figure.trendNote")}</p>
    </div>
  );
};

const countOf = (points: readonly PublishedPoint[], scope: string): number =>
  points.filter(({ point }) => point.scope.en === scope).length;

/** A cross for the series' own scope, a ring for another one: shapes that no alarm has. */
const Point = ({ fact, point, x, y, isMain }: PublishedPoint & { x: number; y: number; isMain: boolean }) => {
  const t = useT();
  const language = useLanguage();
  const local = useLocal();
  const digits = formatNumber(point.value);
  const value = point.isAtLeast ? t("figure.over", { value: digits }) : digits;
  const below = !isMain;
  return (
    <g>
      <title>{`${local(fact.title)} · ${local(point.scope)}`}</title>
      {isMain ? (
        <path className="plot-cross" d={`M${x - 5} ${y}h10M${x} ${y - 5}v10`} />
      ) : (
        <circle className="plot-ring" cx={x} cy={y} r="5" />
      )}
      <text className="plot-value" x={x} y={below ? y + 22 : y - 12}>
        {value}
      </text>
      <text className="plot-date" x={x} y={box.height - (below ? 4 : 18)}>
        {halfOf(fact.date, language).split(/[,,]/)[0]} · {fact.grade}
      </text>
    </g>
  );
};

const TrendLegend = ({ points, main }: { points: readonly PublishedPoint[]; main: string }) => {
  const local = useLocal();
  const scopes = [...new Map(points.map(({ point }) => [point.scope.en, point.scope])).values()];
  return (
    <ul className="plot-legend">
      {scopes.map((scope) => (
        <li key={scope.en}>
          <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
            {scope.en === main ? (
              <path className="plot-cross" d="M-5 0h10M0-5v10" />
            ) : (
              <circle className="plot-ring" r="5" />
            )}
          </svg>
          {local(scope)}
        </li>
      ))}
    </ul>
  );
};
