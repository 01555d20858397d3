import { createStore } from "zustand/vanilla";
import type { HeatmapId } from "#renderer/data/heatmaps.ts";
import type { ScaleId, Zoom } from "#renderer/data/scales.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { CameraId } from "./cameras.ts";
import type { PictureStep } from "./picture.ts";

/** Pages of the library: what was published, and what the product shows beside it. */
export const libraryPages = ["facts", "figures"] as const;
export type LibraryPage = (typeof libraryPages)[number];

/** What the library of published facts shows while it is open. */
export interface LibraryPlace {
  readonly page: LibraryPage;
  /** Fact or figure that is to be brought into sight; null stays where it is. */
  readonly at: string | null;
  /** Asset that the library itself led to: it may be selected while the library stays open. */
  readonly led: AssetRef | null;
}

/** What a picture is about: its legend leads. */
export type Subject = "halls" | "solar" | "wind" | "storage";

/** What the person looks at: slow, user-visible facts only. */
export interface ViewState {
  readonly heatmap: HeatmapId;
  /** A narrower range of the scale that leads; null while ranges are the fixed ones. */
  readonly zoom: Zoom | null;
  readonly selected: AssetRef | null;
  readonly hovered: AssetRef | null;
  /** Shells turned to glass. */
  readonly xray: boolean;
  /** On foot in a room: the scene takes it back when the camera looks into none. */
  readonly walks: boolean;
  readonly language: "zh" | "en";
  readonly mode: "wall" | "desk" | "demo";
  readonly clock: "site" | "utc";
  /** Level of detail at the camera's target, set by the scene. */
  readonly level: "region" | "campus" | "building" | "room" | "rack";
  /** The camera is near enough to the solar field for its tables to show their power; set by the scene. */
  readonly nearSolar: boolean;
  /** What the camera looks at; set by the scene. */
  readonly subject: Subject;
  /** The camera stands high enough for roofs to show their colours across a field; set by the scene. */
  readonly seesRoofs: boolean;
  /** Room or building that the camera looks into, null outside; set by the scene. */
  readonly inside: AssetRef | null;
  /** A request to fly; the scene acts on a new `flight.id`. `ms` where it may take longer than at a desk. */
  readonly flight: { readonly id: number; readonly to: AssetRef | CameraId; readonly ms?: number } | null;
  /** few: the picture, its legend, its scale and its marks, for looking and showing. */
  readonly panels: "all" | "few";
  /** Power flows as a Sankey panel and as ribbons over the campus. */
  readonly energy: boolean;
  /** The library of published facts; null while it is closed. */
  readonly library: LibraryPlace | null;
  /** The panel of the multi-cloud dispatch is open. */
  readonly dispatch: boolean;
  /** Step of the quality ladder that the scene draws with; set by the scene. */
  readonly picture: PictureStep;
  /** The step that a person wants; null leaves it to the scene. */
  readonly pictureChosen: PictureStep | null;
}

/** The scale that the leading legend tells of, and of what; null where none leads that could be zoomed. */
export const scaleShown = (state: ViewState): { readonly scale: ScaleId; readonly of: string } | null => {
  const { heatmap, level, energy, inside, mode } = state;
  if (level === "region" || (energy && level === "campus")) return null;
  // A display wall has the legend of the heat map only.
  const subject = mode === "wall" ? "halls" : state.subject;
  if (subject === "storage") return null;
  if (subject === "solar") return { scale: "pvTable", of: subject };
  if (subject === "wind") return { scale: "windTurbine", of: subject };
  return { scale: heatmap, of: inside ? `${inside.className}/${inside.row}` : subject };
};

const createStoreOf = (initial: Partial<ViewState>) =>
  createStore<ViewState>(() => ({
    heatmap: "load",
    zoom: null,
    selected: null,
    hovered: null,
    xray: false,
    walks: false,
    language: "zh",
    mode: "desk",
    clock: "site",
    level: "campus",
    nearSolar: false,
    subject: "halls",
    seesRoofs: true,
    inside: null,
    flight: null,
    panels: "all",
    energy: false,
    library: null,
    dispatch: false,
    picture: "desktop",
    pictureChosen: null,
    ...initial,
  }));

export const createViewStore = (initial: Partial<ViewState> = {}) => {
  const store = createStoreOf(initial);
  // First of all listeners: whoever looks after it never sees the zoom of one subject or map on another.
  store.subscribe((state) => {
    const { zoom } = state;
    const shown = zoom && scaleShown(state);
    if (zoom && (shown?.scale !== zoom.scale || shown.of !== zoom.of)) store.setState({ zoom: null });
  });
  return store;
};

export type ViewStore = ReturnType<typeof createViewStore>;

/** Selects an asset and flies to it, or flies to a saved camera with nothing selected. */
export const flyTo = (store: ViewStore, to: AssetRef | CameraId): void =>
  store.setState((state) => ({
    selected: typeof to === "string" ? null : to,
    flight: { id: (state.flight?.id ?? 0) + 1, to },
  }));
