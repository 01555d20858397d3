import { useState } from "react";
import { type CameraId, cameraIds } from "#renderer/stores/cameras.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { useServices, type Viewpoint } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Views of one person on this machine, by twin. */
const storageKey = (twinId: string): string => `horinger.views.${twinId}`;
const most = 12;

const isPlace = (at: unknown): boolean =>
  Array.isArray(at) && at.length === 3 && at.every((metres) => Number.isFinite(metres));

/** What was kept; anything else that stands there is forgotten. */
const readOwn = (twinId: string): readonly Viewpoint[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey(twinId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((view) => isPlace(view?.eye) && isPlace(view?.target)) : [];
  } catch {
    return [];
  }
};

const keep = (twinId: string, views: readonly Viewpoint[]): void => {
  try {
    localStorage.setItem(storageKey(twinId), JSON.stringify(views));
  } catch {
    // A browser that keeps nothing: the views last as long as the page.
  }
};

/** Saved views: those of the campus, and one's own, which stay on this machine. */
export const CameraMenu = () => {
  const t = useT();
  const { twin, view, viewpoint, look } = useServices();
  const [own, setOwn] = useState(() => readOwn(twin.id));
  const change = (views: readonly Viewpoint[]): void => {
    setOwn(views);
    keep(twin.id, views);
  };
  const act = (what: string): void => {
    const [kind, which = ""] = what.split(":");
    const mine = own[Number(which)];
    const here = viewpoint?.();
    if (kind === "camera") flyTo(view, which as CameraId);
    else if (kind === "own" && mine) look?.(mine);
    else if (kind === "save" && here) change([...own, here].slice(-most));
    else if (kind === "forget") change([]);
  };
  return (
    <select
      className="tool camera-menu"
      aria-label={t("view.camerasTip")}
      title={t("view.camerasTip")}
      value=""
      onChange={(event) => act(event.target.value)}
    >
      <option value="" hidden>
        {t("view.cameras")}
      </option>
      <optgroup label={t("view.camerasBuiltIn")}>
        {cameraIds.map((id) => (
          <option key={id} value={`camera:${id}`}>
            {t(`camera.${id}`)}
          </option>
        ))}
      </optgroup>
      <optgroup label={t("view.camerasOwn")}>
        {own.map((mine, index) => (
          <option key={JSON.stringify(mine)} value={`own:${index}`}>
            {t("view.cameraOwn", { number: index + 1 })}
          </option>
        ))}
        <option value="save">{t("view.cameraSave")}</option>
        {own.length > 0 && <option value="forget">{t("view.camerasForget")}</option>}
      </optgroup>
    </select>
  );
};
