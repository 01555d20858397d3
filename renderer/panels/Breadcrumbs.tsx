import { Fragment } from "react";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf, pathOf } from "#renderer/ui/assets.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";

/** Level of detail on screen and the way back up from the selection. */
export const Breadcrumbs = () => {
  const t = useT();
  const local = useLocal();
  const { twin, view } = useServices();
  const level = useView((state) => state.level);
  const selected = useView((state) => state.selected);
  const path = selected ? pathOf(twin, selected) : [];
  return (
    <nav className="glass breadcrumbs" aria-label={t("level.label")}>
      <span className="level" data-alone={path.length === 0 || undefined}>
        {t(`level.${level}`)}
      </span>
      {path.map((ref, index) => (
        <Fragment key={`${ref.className}:${ref.row}`}>
          {index > 0 && <Icon name="chevron" size={12} />}
          <button
            type="button"
            className="crumb"
            aria-current={index === path.length - 1 ? "location" : undefined}
            onClick={() => flyTo(view, ref.className === "site" ? "home" : ref)}
          >
            {local(nameOf(twin, ref))}
          </button>
        </Fragment>
      ))}
    </nav>
  );
};
