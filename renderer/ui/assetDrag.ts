import type { DragEvent } from "react";
import { setDragging, type TrendsStore } from "#renderer/stores/trends.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** What is dragged: an asset, or one of its points. Not text: no field takes it for words. */
const type = "application/x-horinger-point";

export interface Dragged extends AssetRef {
  readonly metric: string | null;
}

/** Props of an element from which an asset, or one of its points, can be dragged onto the trend charts. */
export const draggable = (trends: TrendsStore, dragged: Dragged) => ({
  draggable: true,
  onDragStart: (event: DragEvent): void => {
    const { className, row, metric } = dragged;
    event.dataTransfer.setData(type, JSON.stringify({ className, row, metric }));
    event.dataTransfer.effectAllowed = "copy";
    // The browser gives a drag up whose element is laid out anew as it begins.
    setTimeout(() => setDragging(trends, true));
  },
  onDragEnd: (): void => setDragging(trends, false),
});

export const isDragOfOurs = (event: DragEvent): boolean => event.dataTransfer.types.includes(type);

/** What was dropped; null for anything else than our own. */
export const droppedOf = (event: DragEvent): Dragged | null => {
  try {
    const { className, row, metric } = JSON.parse(event.dataTransfer.getData(type)) as Partial<Dragged>;
    const isOurs = classNames.includes(className as ClassName) && Number.isInteger(row);
    return isOurs
      ? { className: className!, row: row!, metric: typeof metric === "string" ? metric : null }
      : null;
  } catch {
    return null;
  }
};
