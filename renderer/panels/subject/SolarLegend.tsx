import { formatNumber } from "#renderer/ui/format.ts";
import { LegendHead, LegendMarks } from "#renderer/ui/Legend.tsx";
import { LegendReading } from "#renderer/ui/LegendReading.tsx";
import { RangeScale, RangeWords, useRangeKind } from "#renderer/ui/RangeScale.tsx";
import { SpreadText } from "#renderer/ui/Scale.tsx";
import { useScaleSpread } from "#renderer/ui/scaleSpread.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { FieldSum, Sign, Signs, useMachine } from "./FieldParts.tsx";

/** The solar field: power of each table, in the colour of the strip on its ridge. */
export const SolarLegend = () => {
  const t = useT();
  const { twin } = useServices();
  const spread = useScaleSpread("pvTable", 0.1, 0.1);
  const machine = useMachine("pvTable", "power");
  const count = formatNumber(twin.table("pvTable").count);
  return (
    <div className="legend" data-range={useRangeKind("pvTable")}>
      <LegendHead title={t("subject.solar")} scale={{ id: "pvTable", isEmpty: spread.count === 0 }} />
      <RangeWords id="pvTable" unit="kW" />
      <RangeScale id="pvTable" unit="kW" ticks={6} needle={machine.point?.value} spread={spread} />
      <div className="legend-line">
        <SpreadText spread={spread} decimals={1} unit="kW" />
        <LegendReading {...machine} />
      </div>
      <Signs>
        <Sign name={t("subject.whole")}>
          <FieldSum metric="pvPower" count={t("subject.tables", { count })} />
        </Sign>
        <Sign name={t("subject.strip")}>{t("subject.stripText")}</Sign>
        <Sign name={t("energy.scene.dust")}>{t("energy.scene.dustText")}</Sign>
      </Signs>
      <LegendMarks />
    </div>
  );
};
