import { usePlantOrder } from "#renderer/panels/FaultsInForce.tsx";
import { RefusalText } from "#renderer/panels/RefusalText.tsx";
import { flyTo } from "#renderer/stores/view.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** The built-in scenario that tells of a job from another centre, what it names, and from how many racks on it plays. */
const story = { id: "beijing-job", needs: ["net/beijing", "a/hero/f2/r4"], racks: 1000 } as const;

/** Whether this session's plant is ours, and has what the story names. */
const useCanPlay = (): boolean => {
  const { session, twin } = useServices();
  return (
    session.demo &&
    story.needs.every((id) => twin.find(id) !== undefined) &&
    twin.table("rack").count >= story.racks
  );
};

/** Starts the story in our own simulated plant; where a broker is read there is no such button, and the feed refuses it too. */
export const PlayStory = () => {
  const t = useT();
  const { view } = useServices();
  const { give, isBusy, refusal } = usePlantOrder();
  if (!useCanPlay()) return <p className="note">{t("dispatch.elsewhere")}</p>;
  const play = async (): Promise<void> => {
    if (await give("plant.play", { scenario: story.id })) flyTo(view, "region");
  };
  return (
    <>
      <p className="note">{t("dispatch.start")}</p>
      <p className="dispatch-play">
        <button type="button" className="button" disabled={isBusy} onClick={() => void play()}>
          <Icon name="play" size={14} />
          {t(isBusy ? "dispatch.begins" : "dispatch.play")}
        </button>
      </p>
      {refusal && <RefusalText title={t("dispatch.refused")} refusal={refusal} />}
    </>
  );
};

/** Back to the plant's usual life. */
export const EndStory = () => {
  const t = useT();
  const { give, isBusy, refusal } = usePlantOrder();
  const { session } = useServices();
  if (!session.demo) return null;
  return (
    <>
      <button
        type="button"
        className="tool"
        disabled={isBusy}
        onClick={() => void give("plant.play", { scenario: null })}
      >
        <Icon name="close" size={14} />
        {t("dispatch.end")}
      </button>
      {refusal && <RefusalText title={t("dispatch.refused")} refusal={refusal} />}
    </>
  );
};
