import type { ViewState, ViewStore } from "#renderer/stores/view.ts";
import { sameAsset } from "#renderer/ui/services.tsx";
import type { AssetRef } from "#twins/model/twin.ts";
import type { CampusRenderer } from "./campus/campusRenderer.ts";
import type { Focus } from "./campus/lod.ts";

/** One reference for each place, so that the store hears of a change only. */
const insideOf = ({ building, room }: Focus, last: AssetRef | null): AssetRef | null => {
  const row = room >= 0 ? room : building;
  if (row < 0) return null;
  const className = room >= 0 ? "room" : "building";
  return last?.className === className && last.row === row ? last : { className, row };
};

/** From lower down roofs beyond a field are seen so flat that no colour can be read on them, m. */
const roofsFromM = 40;

/** Tells panels what the picture shows, when that changed: level, subject, and what the camera looks into. */
export const tellView = (
  view: ViewStore,
  { lod, nearSolar, subject }: CampusRenderer,
  eye: { readonly y: number },
): void => {
  const seesRoofs = eye.y > roofsFromM;
  const shown: ViewState = view.getState();
  const { level } = lod.focus;
  const inside = insideOf(lod.focus, shown.inside);
  if (
    level === shown.level &&
    nearSolar === shown.nearSolar &&
    subject === shown.subject &&
    seesRoofs === shown.seesRoofs &&
    sameAsset(inside, shown.inside)
  )
    return;
  view.setState({ level, nearSolar, subject, seesRoofs, inside });
};
