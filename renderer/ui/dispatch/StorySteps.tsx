import { formatNumber } from "#renderer/ui/format.ts";
import { PointDigits } from "#renderer/ui/PointValue.tsx";
import { useT } from "#renderer/ui/text.ts";
import { formatElapsed } from "#renderer/ui/time.ts";
import { useHomeIdle } from "./centres.ts";
import { type StoryStep, storySteps } from "./story.ts";
import type { Story } from "./useStory.ts";

type StepState = "past" | "now" | "next";

const stateOf = ({ hasCome, step }: Story, of: StoryStep): StepState => {
  if (of === "order") return hasCome ? "past" : "next";
  if (step === null) return "next";
  const [here, at] = [storySteps.indexOf(of), storySteps.indexOf(step)];
  return here < at || step === "done" ? "past" : here === at ? "now" : "next";
};

/** A job's way from the click to its end, each step with the value that shows it. */
export const StorySteps = ({ story }: { story: Story }) => {
  const t = useT();
  return (
    <ol className="story" aria-label={t("dispatch.steps")}>
      {storySteps.map((step) => {
        const state = stateOf(story, step);
        return (
          <li
            key={step}
            className="story-step"
            data-state={state}
            aria-current={state === "now" ? "step" : undefined}
          >
            <span className="story-name">{t(`dispatch.step.${step}`)}</span>
            {(state !== "next" || step === "order") && (
              <span className="story-seen">
                <Evidence step={step} story={story} />
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
};

/** What is measured of a step. */
const Evidence = ({ step, story }: { step: StoryStep; story: Story }) => {
  const t = useT();
  const { job, moved, rate, load, power, orderedAtS, hasCome } = story;
  const idle = useHomeIdle();
  const writeP = (value: number) => ({ digits: formatNumber(value), unit: "P" });
  switch (step) {
    case "order":
      return t("dispatch.ordered", {
        time: formatElapsed(orderedAtS),
        racks: formatNumber(job.racks),
        data: formatNumber(job.dataTb),
      });
    case "reserve":
      return (
        <>
          {t("dispatch.homeIdle")} <PointDigits point={idle} write={writeP} />
        </>
      );
    case "stage":
      return (
        <>
          <PointDigits point={moved} /> / {formatNumber(job.dataTb)} TB · <PointDigits point={rate} />
          <progress max={job.dataTb} value={hasCome ? (moved?.value ?? 0) : 0} aria-hidden="true" />
        </>
      );
    case "load":
      return t("dispatch.checkpoint");
    case "run":
      return (
        <>
          <PointDigits point={load} /> · <PointDigits point={power} />
        </>
      );
    case "done":
      return t("dispatch.givenBack");
  }
};
