import { useMemo } from "react";
import { tableStrip } from "#renderer/data/energyFlow.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { LegendHead, LegendMarks } from "#renderer/ui/Legend.tsx";
import { LegendReading } from "#renderer/ui/LegendReading.tsx";
import { gradientOf, Scale, SpreadBars, SpreadText } from "#renderer/ui/Scale.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { FieldSum, Sign, Signs, useMachine } from "./FieldParts.tsx";
import { type Field, useFieldSpread } from "./fieldSpread.ts";

const field: Field = { className: "pvTable", metric: "power", range: tableStrip.range, scale: 1, step: 0.1 };

/** The solar field: power of each table, in the colour of the strip on its ridge. */
export const SolarLegend = () => {
  const t = useT();
  const { twin } = useServices();
  const spread = useFieldSpread(field);
  const gradient = useMemo(() => gradientOf(tableStrip), []);
  const machine = useMachine("pvTable", "power");
  const count = formatNumber(twin.table("pvTable").count);
  return (
    <div className="legend">
      <LegendHead title={t("subject.solar")} />
      <Scale
        background={gradient}
        range={tableStrip.range}
        unit="kW"
        ticks={6}
        needle={machine.point?.value}
        ends={spread}
      >
        <SpreadBars spread={spread} />
      </Scale>
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
