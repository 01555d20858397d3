import { formatNumber } from "#renderer/ui/format.ts";
import { LegendHead, LegendMarks } from "#renderer/ui/Legend.tsx";
import { LegendReading } from "#renderer/ui/LegendReading.tsx";
import { Scale, SpreadBars, SpreadText } from "#renderer/ui/Scale.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { FieldSum, Sign, Signs, useMachine } from "./FieldParts.tsx";
import { type Field, useFieldSpread } from "./fieldSpread.ts";

const charge: Field = {
  className: "battery",
  metric: "stateOfCharge",
  range: [0, 100],
  scale: 1,
  step: 0.1,
};

/** The colour of a gauge's filled part (`dataColors.charge` of the scene): length tells, not shade. */
const fill = "linear-gradient(rgb(143 214 180), rgb(143 214 180))";

/** The batteries: a gauge on each roof, filled to its state of charge. */
export const StorageLegend = () => {
  const t = useT();
  const { twin } = useServices();
  const spread = useFieldSpread(charge);
  const machine = useMachine("battery", "stateOfCharge");
  const count = formatNumber(twin.table("battery").count);
  return (
    <div className="legend">
      <LegendHead title={t("subject.storage")} />
      <Scale background={fill} range={charge.range} unit="%" needle={machine.point?.value} ends={spread}>
        <SpreadBars spread={spread} />
      </Scale>
      <div className="legend-line">
        <SpreadText spread={spread} decimals={1} unit="%" />
        <LegendReading {...machine} />
      </div>
      <Signs>
        <Sign name={t("subject.whole")}>
          <FieldSum metric="storagePower" count={t("subject.containers", { count })} />
        </Sign>
        <Sign name={t("subject.sign")}>{t("subject.signText")}</Sign>
        <Sign name={t("subject.gauge")}>{t("energy.scene.chargeText")}</Sign>
      </Signs>
      <LegendMarks />
    </div>
  );
};
