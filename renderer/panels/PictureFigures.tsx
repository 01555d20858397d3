import { useKpi } from "#renderer/stores/points.ts";
import { siteOf } from "#renderer/ui/assets.ts";
import { formatMegawatts } from "#renderer/ui/format.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { PointDigits } from "#renderer/ui/PointValue.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";

/** What the campus takes and what feeds it: derived metrics of the site. */
const shown = ["itPower", "powerRatio", "gridPower", "windPower", "pvPower", "storagePower"] as const;

/** The campus in a line of figures, for a picture with few panels. */
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

const Figure = ({ name }: { name: (typeof shown)[number] }) => {
  const language = useLanguage();
  const { twin } = useServices();
  const point = useKpi(name, siteOf(twin));
  return (
    <div>
      <dt>{point?.metric.name[language]}</dt>
      <dd>
        <PointDigits point={point} {...(point?.unit === "kW" && { write: formatMegawatts })} />
        {name === "itPower" && point && point.value !== null && <OriginMark origin={point.origin} />}
      </dd>
    </div>
  );
};
