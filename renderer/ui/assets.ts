import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AssetRef, LocalText, Stage, Twin } from "#twins/model/twin.ts";

/** An asset and all that contain it, outermost first. */
export const pathOf = (twin: Twin, ref: AssetRef): readonly AssetRef[] => {
  const path: AssetRef[] = [];
  for (let at: AssetRef | undefined = ref; at; at = twin.parentOf(at)) path.unshift(at);
  return path;
};

/** The nearest asset of a class that is or contains `ref`. */
export const enclosing = (twin: Twin, ref: AssetRef | null, className: ClassName): AssetRef | undefined => {
  for (let at: AssetRef | undefined = ref ?? undefined; at; at = twin.parentOf(at)) {
    if (at.className === className) return at;
  }
  return undefined;
};

/** Name of an asset in both languages; its class where it has no name of its own. */
export const nameOf = (twin: Twin, ref: AssetRef): LocalText => {
  const name = twin.table(ref.className).nameOf(ref.row);
  const { label } = classSpec(ref.className);
  return { zh: name.zh || label.zh, en: name.en || label.en };
};

/** Build stage of an asset: its building's, else its own; undefined where none is recorded. */
export const stageOf = (twin: Twin, ref: AssetRef): Stage | undefined => {
  const { className, row } = enclosing(twin, ref, "building") ?? ref;
  return twin.table(className).attribute("stage")?.[row] as Stage | undefined;
};

/** The site, if the twin has one: scope of the headline figures. */
export const siteOf = (twin: Twin): AssetRef | null =>
  twin.table("site").count > 0 ? { className: "site", row: 0 } : null;

/** Class by its index in frames, tables and links. */
export const classAt = (index: number): ClassName | undefined => classNames[index];
