import { DrillFigures } from "#renderer/ui/DrillFigures.tsx";
import {
  DrillClock,
  DrillLegend,
  DrillLine,
  DrillNext,
  DrillSay,
  DrillWord,
} from "#renderer/ui/DrillParts.tsx";
import { StorySteps } from "#renderer/ui/dispatch/StorySteps.tsx";
import { useStory } from "#renderer/ui/dispatch/useStory.ts";
import { useDrill } from "#renderer/ui/drill.ts";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";

/** The job that the scenario brings from another centre, step by step. */
const WallStory = () => {
  const story = useStory();
  return story && <StorySteps story={story} />;
};

/** The scenario on the wall: the same words as on the desk, and its source in a line, because nobody can ask for it. */
export const WallDrill = () => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  const drill = useDrill();
  if (!drill) return null;
  const { state, origin } = drill.shown;
  return (
    <section className="glass wall-card drill wall-drill" aria-label={t("drill.word")}>
      <header className="drill-head">
        <DrillWord origin={origin} />
        <h2>{local(state.title)}</h2>
      </header>
      <DrillClock {...drill} />
      <DrillFigures {...drill} />
      <DrillLine {...drill} />
      <DrillSay {...drill} />
      <WallStory />
      <footer className="drill-foot">
        <DrillNext {...drill} />
        <DrillLegend {...drill} />
        <span className="drill-cited">
          {state.source
            ? t("drill.cited", {
                publisher: halfOf(state.source.publisher, language),
                date: state.source.date,
              })
            : t("drill.invented")}
        </span>
      </footer>
    </section>
  );
};
