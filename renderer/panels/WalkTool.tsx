import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Begins and ends a walk through the room in view. */
export const WalkTool = () => {
  const t = useT();
  const { view } = useServices();
  const walks = useView((state) => state.walks);
  const isInside = useView(({ level }) => level === "room" || level === "rack");
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={walks}
      disabled={!isInside && !walks}
      title={t(isInside || walks ? "walk.tip" : "walk.none")}
      onClick={() => view.setState({ walks: !walks })}
    >
      <Icon name="walk" />
      {t("walk.start")}
    </button>
  );
};

/** Tells the keys of a walk while it lasts. */
export const WalkHint = () => {
  const t = useT();
  const walks = useView((state) => state.walks);
  return walks ? (
    <p className="glass walk-hint" role="status">
      {t("walk.keys")}
    </p>
  ) : null;
};
