import type { TextKey } from "#renderer/i18n/translate.ts";
import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { lookOf } from "#renderer/ui/look.ts";
import { LookMark, OriginMark } from "#renderer/ui/Mark.tsx";
import { PointDigits } from "#renderer/ui/PointValue.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import { inMegawatts } from "./subject/FieldParts.tsx";

/** What the campus takes, then what feeds it: derived metrics of the site. */
const shown = ["itPower", "powerRatio", "gridPower", "windPower", "pvPower", "storagePower"] as const;
type Shown = (typeof shown)[number];

/** Words for a metric; those of a flow that has two directions follow its sign, and its digits have none. */
const words = {
  itPower: "figures.it",
  powerRatio: "figures.ratio",
  gridPower: ["figures.export", "figures.grid", "figures.grid"],
  windPower: "figures.wind",
  pvPower: "figures.solar",
  storagePower: ["figures.charges", "figures.standby", "figures.gives"],
} as const;
type FigureKey = Extract<
  TextKey,
  `figures.${"it" | "ratio" | "grid" | "export" | "wind" | "solar" | "storage" | "standby" | "charges" | "gives"}`
>;

/** Below this a flow has no direction: it is 0.00 MW. kW */
const leastKw = 5;
/** Storage that gives or takes less than this share of its rated power stands by: what its converters draw for themselves. */
const standbyShare = 0.002;
const standbyKw = standbyShare * classSpec("site").metrics[metricIndex("site", "storagePower")]!.range[1];

const wordOf = (name: Shown, value: number | null | undefined): FigureKey => {
  const word = words[name];
  if (typeof word === "string") return word;
  if (value === null || value === undefined) return name === "storagePower" ? "figures.storage" : word[1];
  if (Math.abs(value) < (name === "storagePower" ? standbyKw : leastKw)) return word[1];
  return value < 0 ? word[0] : word[2];
};

/** The campus in a line of figures, for a picture with few panels; all powers in MW. */
export const PictureFigures = () => {
  const t = useT();
  const isShown = useView(({ panels, level }) => panels === "few" && level !== "region");
  if (!isShown) return null;
  return (
    <dl className="glass picture-figures" aria-label={t("view.figures")}>
      {shown.map((name) => (
        <Figure key={name} name={name} />
      ))}
    </dl>
  );
};

const Figure = ({ name }: { name: Shown }) => {
  const t = useT();
  const { twin } = useServices();
  const point = useKpi(name, siteOf(twin));
  const hasDirection = typeof words[name] !== "string";
  return (
    <div data-figure={name}>
      <dt>{t(wordOf(name, point?.value))}</dt>
      <dd>
        <PointDigits
          point={point}
          {...(point?.unit === "kW" && {
            write: (kW: number) => inMegawatts(hasDirection ? Math.abs(kW) : kW),
          })}
        />
        {lookOf(point) === "stale" && <LookMark look="stale" />}
        {name === "itPower" && point && point.value !== null && <OriginMark origin={point.origin} />}
      </dd>
    </div>
  );
};
