import { useMemo } from "react";
import { FactCard } from "#renderer/panels/facts/FactCard.tsx";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { centresOf } from "#renderer/ui/dispatch/centres.ts";
import { StorySteps } from "#renderer/ui/dispatch/StorySteps.tsx";
import { type Story, useStory } from "#renderer/ui/dispatch/useStory.ts";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { CentreTable } from "./CentreTable.tsx";
import { Consequences } from "./Consequences.tsx";
import { EndStory, PlayStory } from "./PlayStory.tsx";

/** Published facts about the platform, in the order that they tell its story (CAMPUS §1). */
const dispatchFacts = [
  "dispatch",
  "six-cities",
  "remote-use",
  "first-orders",
  "bytedance",
  "two-hour-circle",
  "two-hour-circle-mode",
] as const;

/** Multi-cloud dispatch, where the asset tree is otherwise: idle compute, jobs, the running job, what follows from it. */
export const DispatchPanel = () => {
  const isOpen = useView(({ dispatch }) => dispatch);
  return isOpen ? <Open /> : null;
};

const Open = () => {
  const t = useT();
  const { view, twin } = useServices();
  const story = useStory();
  const facts = dispatchFacts.flatMap((id) => twin.facts.find((fact) => fact.id === id) ?? []);
  useFocusReturn();
  const close = (): void => view.setState({ dispatch: false });
  return (
    <section
      className="glass dispatch"
      aria-label={t("dispatch.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
    >
      <header className="panel-head dispatch-head">
        <h2 className="panel-title">{t("dispatch.title")}</h2>
        <button type="button" className="icon-button" aria-label={t("dispatch.close")} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="dispatch-page" aria-label={t("dispatch.story")} tabIndex={0}>
        {story ? <RunningJob story={story} /> : <NoJob />}
        <CentreTable />
        {story && <Consequences story={story} />}
        {facts.length > 0 && (
          <section className="dispatch-part">
            <h3>{t("dispatch.published")}</h3>
            {facts.map((fact) => (
              <FactCard key={fact.id} fact={fact} />
            ))}
          </section>
        )}
      </section>
    </section>
  );
};

/** The job of the scenario that is played, and ways to look at where it is. */
const RunningJob = ({ story }: { story: Story }) => {
  const t = useT();
  const local = useLocal();
  const { view, twin } = useServices();
  const { from, to, job } = story;
  const showRoom = (room: AssetRef): void => {
    view.setState({ heatmap: "load", xray: true });
    flyTo(view, room);
  };
  return (
    <section className="dispatch-part">
      <h3>
        {t("dispatch.job", {
          from: from ? local(nameOf(twin, from)) : job.from,
          to: to ? local(nameOf(twin, to)) : job.to,
        })}
      </h3>
      <StorySteps story={story} />
      {story.hasCome && story.step === null && <p className="note">{t("dispatch.notKnown")}</p>}
      <p className="dispatch-ways">
        {from && (
          <button type="button" className="tool" onClick={() => flyTo(view, from)}>
            <Icon name="fly" size={14} />
            {t("dispatch.toLink")}
          </button>
        )}
        {to && (
          <button type="button" className="tool" onClick={() => showRoom(to)}>
            <Icon name="fly" size={14} />
            {t("dispatch.toRoom")}
          </button>
        )}
        <EndStory />
      </p>
    </section>
  );
};

/** Without a scenario: what there is to see, and the way to the story. */
const NoJob = () => {
  const t = useT();
  const { view, twin } = useServices();
  const home = useMemo(() => centresOf(twin)[0], [twin]);
  return (
    <section className="dispatch-part">
      <p className="note">{t("dispatch.live")}</p>
      <PlayStory />
      {home && (
        <p className="dispatch-ways">
          <button type="button" className="tool" onClick={() => flyTo(view, "region")}>
            <Icon name="fly" size={14} />
            {t("dispatch.toRegion")}
          </button>
        </p>
      )}
    </section>
  );
};
