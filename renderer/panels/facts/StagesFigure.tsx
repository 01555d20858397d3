import { useMemo } from "react";
import { formatNumber } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { Stage, type Twin } from "#twins/model/twin.ts";

const stages = ["built", "construction", "planned"] as const;

/** Buildings of the published plan by build stage. */
const countStages = (twin: Twin): Readonly<Record<(typeof stages)[number], number>> => {
  const table = twin.table("building");
  const column = table.attribute("publishedStage") ?? table.attribute("stage");
  const counts = { built: 0, construction: 0, planned: 0 };
  for (let row = 0; row < table.count; row++)
    for (const stage of stages) if ((column?.[row] ?? Stage.built) === Stage[stage]) counts[stage]++;
  return counts;
};

/** How far the campus is built, as the scene draws it. */
export const StagesFigure = () => {
  const t = useT();
  const { twin } = useServices();
  const counts = useMemo(() => countStages(twin), [twin]);
  const all = counts.built + counts.construction + counts.planned;
  return (
    <>
      <div className="stage-bar" aria-hidden="true">
        {stages.map((stage) => (
          <span key={stage} data-stage={stage} style={{ flexGrow: counts[stage] }} />
        ))}
      </div>
      <dl className="figures stage-counts">
        {stages.map((stage) => (
          <div key={stage} data-stage={stage}>
            <dt>{t(`stage.${stage}`)}</dt>
            <dd>
              {formatNumber(counts[stage])}
              <span className="unit">{t("figure.stagesUnit")}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="dim">{t("figure.stagesNote", { all: formatNumber(all) })}</p>
    </>
  );
};
