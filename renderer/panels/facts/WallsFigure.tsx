import { flyTo } from "#renderer/stores/view.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Screens that stand in the scene, by the saved camera before them. */
const walls = ["noc", "exchange", "cityBrain"] as const;

/** The screens of the article, as they stand in the scene: the NOC wall shows the twin's own values, the others quotes. */
export const WallsFigure = () => {
  const t = useT();
  const { view } = useServices();
  return (
    <ul className="walls">
      {walls.map((wall) => (
        <li key={wall}>
          <span>
            <b>{t(`camera.${wall}`)}</b> <span className="dim">{t(`figure.walls.${wall}`)}</span>
          </span>
          <button type="button" className="tool" onClick={() => flyTo(view, wall)}>
            <Icon name="fly" size={14} />
            {t("facts.where")}
          </button>
        </li>
      ))}
    </ul>
  );
};
