import { useCallback, useMemo, useState } from "react";
import { heatmaps } from "#renderer/data/heatmaps.ts";
import { readPoint } from "#renderer/data/reading.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { useKpi, usePoint, useSample } from "#renderer/stores/points.ts";
import { addTrend, isSamePoint, removeTrend } from "#renderer/stores/trends.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { draggable } from "#renderer/ui/assetDrag.ts";
import { enclosing, nameOf } from "#renderer/ui/assets.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { ratedPower } from "#renderer/ui/inventory.ts";
import { lookOf } from "#renderer/ui/look.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { PointDigits, PointMarks, useBound, useDigitsOfBound } from "#renderer/ui/PointValue.tsx";
import { RangeBar } from "#renderer/ui/RangeBar.tsx";
import { useServices, useTrends, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { OriginName } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { AssetFacts, PublishedFacts } from "./AssetFacts.tsx";
import { AssetQuality } from "./AssetQuality.tsx";
import { EditAsset } from "./EditAsset.tsx";
import { FaultsInForce } from "./FaultsInForce.tsx";
import { InjectFault } from "./InjectFault.tsx";
import { PointSource } from "./PointSource.tsx";
import { RackSlots } from "./RackSlots.tsx";
import { Relations } from "./Relations.tsx";
import { SaveTwin } from "./SaveTwin.tsx";
import { Section } from "./Section.tsx";
import { Trend } from "./Trend.tsx";

/** Everything known about the selected asset. */
export const Inspector = () => {
  const t = useT();
  const selected = useView((view) => view.selected);
  return (
    <aside
      className="glass inspector"
      aria-label={t("inspector.title")}
      data-empty={selected ? undefined : true}
    >
      {selected ? (
        <Asset key={`${selected.className}:${selected.row}`} asset={selected} />
      ) : (
        <div className="empty">
          <h2 className="panel-title">{t("inspector.title")}</h2>
          <p>{t("inspector.empty")}</p>
          <p className="dim">{t("inspector.emptyTip")}</p>
          <SaveTwin />
          <FaultsInForce />
        </div>
      )}
    </aside>
  );
};

/** The metric whose trend opens first: the one the heat map shows, if the asset has it. */
const firstMetric = (asset: AssetRef, heatmapMetrics: readonly string[]): MetricSpec | undefined => {
  const { metrics } = classSpec(asset.className);
  return metrics.find(({ id }) => heatmapMetrics.includes(id)) ?? metrics[0];
};

const Asset = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const heatmap = useView((view) => heatmaps[view.heatmap]);
  const [chosen, setChosen] = useState<string | null>(null);
  const { metrics } = classSpec(asset.className);
  const { twin } = useServices();
  const common = useCommonOrigin(asset);
  const ratedKw = useMemo(() => ratedPower(twin, asset), [twin, asset]);
  const metric =
    metrics.find(({ id }) => id === chosen) ?? firstMetric(asset, [heatmap.rack.metric, heatmap.room]);
  return (
    <>
      <AssetHead asset={asset} />
      <div className="inspector-body">
        <Section title={t("inspector.metrics")} mark={common && <OriginMark origin={common} />}>
          {metrics.length === 0 && <p className="note">{t("inspector.noMetrics")}</p>}
          <RoomPue asset={asset} />
          {metrics.map((each) => (
            <MetricLine
              key={each.id}
              asset={asset}
              metric={each}
              common={common}
              ratedKw={ratedKw}
              isShown={each === metric}
              onShow={() => setChosen(each.id)}
            />
          ))}
        </Section>
        {metric && <Trend asset={asset} metric={metric} />}
        <AssetQuality asset={asset} />
        {metric && <PointSource asset={asset} metric={metric} />}
        <InjectFault asset={asset} />
        <FaultsInForce />
        <AssetFacts asset={asset} />
        <RackSlots asset={asset} />
        <Relations asset={asset} />
        <PublishedFacts asset={asset} />
        <EditAsset asset={asset} />
      </div>
    </>
  );
};

const AssetHead = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const language = useLanguage();
  const { twin, view } = useServices();
  const name = nameOf(twin, asset);
  return (
    <header className="asset-head">
      <div className="panel-head">
        <h2 className="asset-name">{name[language]}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t("inspector.flyTo")}
          title={t("inspector.flyTo")}
          onClick={() => flyTo(view, asset)}
        >
          <Icon name="fly" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t("inspector.close")}
          title={t("inspector.close")}
          onClick={() => view.setState({ selected: null })}
        >
          <Icon name="close" />
        </button>
      </div>
      <p className="asset-other" lang={language === "zh" ? "en" : "zh-CN"}>
        {name[language === "zh" ? "en" : "zh"]}
      </p>
      <p className="dim asset-id">
        <span>{classSpec(asset.className).label[language]}</span>
        <code>{twin.idOf(asset)}</code>
      </p>
    </header>
  );
};

/** The one origin of all values of an asset, or null: said once in the heading instead of on every line. */
const useCommonOrigin = (asset: AssetRef): OriginName | null => {
  const { className, row } = asset;
  const read = useCallback(
    (campus: CampusState): OriginName | null => {
      const readings = classSpec(className).metrics.map(({ id }) =>
        readPoint(campus, { className, row }, id),
      );
      const seen = readings.filter((reading) => reading?.value !== null && reading !== undefined);
      const first = seen[0]?.origin ?? null;
      return seen.every((reading) => reading?.origin === first) ? first : null;
    },
    [className, row],
  );
  return useSample(read, Object.is);
};

/** Powers that grow from zero, and how much of the rating their bar spans. */
const ratedShare: Readonly<Record<string, number>> = { power: 1, itPower: 1, inputPower: 1, totalPower: 1.5 };

/** The metric's range; for powers that grow from zero up to the asset's own rating, which says more than the class's. */
const rangeOf = ({ id, range }: MetricSpec, ratedKw: number): readonly [number, number] => {
  const share = ratedShare[id];
  return share && range[0] === 0 && ratedKw > 0 ? [0, Math.round(ratedKw * share * 10) / 10] : range;
};

interface MetricLineProps {
  readonly asset: AssetRef;
  readonly metric: MetricSpec;
  /** Origin that the heading already tells. */
  readonly common: OriginName | null;
  /** Rated power of the asset, kW; 0 for none. */
  readonly ratedKw: number;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

const MetricLine = ({ asset, metric, common, ratedKw, isShown, onShow }: MetricLineProps) => {
  const t = useT();
  const language = useLanguage();
  const bound = useBound();
  const digits = useDigitsOfBound(metric.unit);
  const point = usePoint(asset, metric.id);
  const { trends } = useServices();
  const look = lookOf(point);
  const range = rangeOf(metric, ratedKw);
  const [low, high] = range;
  const limits = t("inspector.limits", { low: bound(low, metric.unit), high: bound(high, metric.unit) });
  return (
    <div className="metric-row" {...draggable(trends, { ...asset, metric: metric.id })}>
      <button
        type="button"
        className="metric-line"
        data-look={look}
        aria-pressed={isShown}
        title={t("inspector.showTrend", { name: metric.name[language] })}
        onClick={onShow}
      >
        <span className="metric-name">{metric.name[language]}</span>
        <PointMarks point={point} hasOrigin={point?.origin !== common} />
        <PointDigits point={point} />
        {metric.kind === "analog" && (
          <span className="metric-range" title={limits}>
            <span>{digits(low)}</span>
            <RangeBar value={point?.value ?? null} range={range} look={look} />
            <span>{digits(high)}</span>
          </span>
        )}
      </button>
      <TrendButton asset={asset} metric={metric} />
    </div>
  );
};

/** Draws a value over the time of the recording, or no longer. */
const TrendButton = ({ asset, metric }: { asset: AssetRef; metric: MetricSpec }) => {
  const t = useT();
  const language = useLanguage();
  const { trends } = useServices();
  const point = { ...asset, metric: metric.id };
  const isDrawn = useTrends(
    ({ points, isOpen }) => isOpen && points.some((each) => isSamePoint(each, point)),
  );
  const name = metric.name[language];
  const label = t(isDrawn ? "trends.remove" : "trends.add", { name });
  return (
    <button
      type="button"
      className="icon-button metric-trend"
      aria-label={label}
      aria-pressed={isDrawn}
      title={label}
      onClick={() => (isDrawn ? removeTrend : addTrend)(trends, point)}
    >
      <Icon name="trend" size={14} />
    </button>
  );
};

/** A rack has no PUE of its own: it shows its room's, hatched, and says so (STANDARDS: 所属机房 pPUE). */
const RoomPue = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  const room = asset.className === "room" ? undefined : enclosing(twin, asset, "room");
  const point = useKpi("pue15m", room);
  if (!room) return null;
  return (
    <div
      className="metric-line inherited"
      title={t("inspector.roomPueTip", { room: local(nameOf(twin, room)) })}
    >
      <span className="metric-name">{t("inspector.roomPue")}</span>
      <PointMarks point={point} />
      <PointDigits point={point} />
    </div>
  );
};
