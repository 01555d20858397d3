import { type PictureStep, pictureSteps } from "#renderer/stores/picture.ts";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** After the last step comes the scene's own choice again. */
const nextAfter = (chosen: PictureStep | null): PictureStep | null =>
  chosen === null ? pictureSteps[0] : (pictureSteps[pictureSteps.indexOf(chosen) + 1] ?? null);

/** Says that the scene is drawn with less, what is left out and why; silent where nothing is. A click chooses another step. */
export const PictureItem = () => {
  const t = useT();
  const { view } = useServices();
  const step = useView((state) => state.picture);
  const chosen = useView((state) => state.pictureChosen);
  if (chosen === null && (step === "wall" || step === "desktop")) return null;
  const why = t(chosen === null ? "picture.step.auto" : "picture.step.chosen");
  const reduced = t(`picture.reduced.${step}`);
  const title = [reduced, why, t("picture.next")].join("\n");
  return (
    <button
      type="button"
      className="status-button"
      data-picture={step}
      title={title}
      onClick={() => view.setState({ pictureChosen: nextAfter(chosen) })}
    >
      {t("picture.step.label")}
      <b>{t(`picture.step.${step}`)}</b>
    </button>
  );
};
