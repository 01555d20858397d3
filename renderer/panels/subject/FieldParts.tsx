import type { ReactNode } from "react";
import { usePoint } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { formatNumber, type Quantity } from "#renderer/ui/format.ts";
import { PointDigits, PointMarks } from "#renderer/ui/PointValue.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import type { ClassName } from "#twins/model/metric.ts";

/** A power in MW to two places, whatever its size: the digits of the line at the top and of the names. */
export const inMegawatts = (kW: number): Quantity => ({ digits: formatNumber(kW / 1000, 2), unit: "MW" });

/** What a whole field gives now, and of how many machines. */
export const FieldSum = ({ metric, count }: { metric: string; count: string }) => {
  const { twin } = useServices();
  const point = usePoint(siteOf(twin), metric);
  return (
    <span className="field-sum">
      <PointDigits point={point} write={inMegawatts} /> <PointMarks point={point} hasOrigin={false} />
      <span className="dim">{count}</span>
    </span>
  );
};

/** The machine of a field that is pointed at, else the selected one; its point. */
export const useMachine = (className: ClassName, metric: string) => {
  const asset = useView((view) => view.hovered ?? view.selected);
  const machine = asset?.className === className ? asset : null;
  return { asset: machine, point: usePoint(machine, metric) };
};

/** Signs of a legend, each with what it means. */
export const Signs = ({ children }: { children: ReactNode }) => <dl className="legend-signs">{children}</dl>;

export const Sign = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
