import { useState } from "react";
import { DrillFigures } from "#renderer/ui/DrillFigures.tsx";
import {
  DrillClock,
  DrillLegend,
  DrillLine,
  DrillNext,
  DrillSay,
  DrillView,
  DrillWord,
} from "#renderer/ui/DrillParts.tsx";
import { type Drill, useDrill } from "#renderer/ui/drill.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { Mark } from "#renderer/ui/Mark.tsx";
import { useGuide, useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import type { ScenarioSource } from "#twins/scenario/scenario.ts";
import { Pair, Pairs } from "./Section.tsx";

/** The scenario that a simulated plant plays: what happens, where in its course, and the camera's lead. */
export const DrillStrip = () => {
  const drill = useDrill();
  return drill && <Strip {...drill} />;
};

const Strip = (drill: Drill) => {
  const t = useT();
  const local = useLocal();
  const { state, origin } = drill.shown;
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="glass drill" aria-label={t("drill.word")}>
      <header className="drill-head">
        <DrillWord origin={origin} />
        <h2 title={local(state.summary)}>{local(state.title)}</h2>
        {state.source ? (
          <button
            type="button"
            className="mark drill-badge"
            title={t("drill.pointsTip")}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t("drill.points")}
          </button>
        ) : (
          <Mark text={t("drill.invented")} tip={t("drill.inventedTip")} />
        )}
        <DrillClock {...drill} />
        <DrillFigures {...drill} />
      </header>
      <DrillLine {...drill} />
      <div className="drill-body">
        <DrillSay {...drill} />
        <Lead />
      </div>
      <footer className="drill-foot">
        <DrillNext {...drill} />
        <DrillView {...drill} />
        <DrillLegend {...drill} />
      </footer>
      {isOpen && state.source && <Source source={state.source} onClose={() => setOpen(false)} />}
    </section>
  );
};

/** The camera: led by the scenario, or shown the next view. */
const Lead = () => {
  const t = useT();
  const { guide } = useServices();
  const isFollowing = useGuide((state) => state.isFollowing);
  return (
    <div className="drill-lead">
      <button
        type="button"
        className="tool"
        aria-pressed={isFollowing}
        title={t("drill.followTip")}
        onClick={() => guide.follow(!isFollowing)}
      >
        <Icon name="fly" />
        {t("drill.follow")}
      </button>
      <button type="button" className="tool" title={t("drill.nextViewTip")} onClick={() => guide.next()}>
        <Icon name="chevron" />
        {t("drill.nextView")}
      </button>
    </div>
  );
};

const Source = ({ source, onClose }: { source: ScenarioSource; onClose: () => void }) => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  return (
    <div className="drill-source">
      <div className="panel-head">
        <p>{local(source.what)}</p>
        <button
          type="button"
          className="icon-button"
          aria-label={t("drill.closeSource")}
          title={t("drill.closeSource")}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <Pairs>
        {source.words && (
          <Pair name={t("drill.published")}>
            <q>{source.words}</q>
          </Pair>
        )}
        <Pair name={t("drill.publishedBy")}>{halfOf(source.publisher, language)}</Pair>
        <Pair name={t("drill.publishedOn")}>{source.date}</Pair>
        <Pair name={t("drill.grade")}>{t(`grade.${source.grade}`)}</Pair>
      </Pairs>
    </div>
  );
};
