import { formatNumber, unitName } from "#renderer/ui/format.ts";
import { LegendHead, LegendMarks } from "#renderer/ui/Legend.tsx";
import { LegendReading } from "#renderer/ui/LegendReading.tsx";
import { RangeScale, RangeWords, useRangeKind } from "#renderer/ui/RangeScale.tsx";
import { SpreadText } from "#renderer/ui/Scale.tsx";
import { useScaleSpread } from "#renderer/ui/scaleSpread.ts";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { FieldSum, Sign, Signs, useMachine } from "./FieldParts.tsx";
import { type Field, useFieldSpread } from "./fieldSpread.ts";

const rotor: Field = { className: "windTurbine", metric: "rotorSpeed", range: [0, 16], scale: 1, step: 0.1 };
const wind: Field = { className: "windTurbine", metric: "windSpeed", range: [0, 30], scale: 1, step: 0.1 };

/** The turbines: power of each in the colour on its sign; rotor and nacelle as measured. */
export const WindLegend = () => {
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const spread = useScaleSpread("windTurbine", 0.01);
  const speeds = useFieldSpread(rotor);
  const winds = useFieldSpread(wind);
  const machine = useMachine("windTurbine", "power");
  const isSoftware = useView(({ picture }) => picture === "software");
  const count = formatNumber(twin.table("windTurbine").count);
  const value = machine.point?.value;
  return (
    <div className="legend" data-range={useRangeKind("windTurbine")}>
      <LegendHead title={t("subject.wind")} scale={{ id: "windTurbine", isEmpty: spread.count === 0 }} />
      <RangeWords id="windTurbine" unit="MW" />
      <RangeScale
        id="windTurbine"
        unit="MW"
        ticks={6}
        needle={typeof value === "number" ? value / 1000 : null}
        spread={spread}
      />
      <div className="legend-line">
        <SpreadText spread={spread} decimals={2} unit="MW" />
        <LegendReading {...machine} />
      </div>
      <Signs>
        <Sign name={t("subject.whole")}>
          <FieldSum metric="windPower" count={t("subject.turbines", { count })} />
        </Sign>
        <Sign name={t("subject.rotor")}>
          {t(isSoftware ? "subject.rotorStands" : "subject.rotorText")}{" "}
          <SpreadText spread={speeds} decimals={1} unit={unitName("/min", language)} />
        </Sign>
        <Sign name={t("subject.nacelle")}>{t("subject.nacelleText")}</Sign>
        <Sign name={t("subject.windSpeed")}>
          <SpreadText spread={winds} decimals={1} unit="m/s" />
        </Sign>
      </Signs>
      <LegendMarks />
    </div>
  );
};
