import type { Object3D } from "three";
import type { AssetRef } from "#twins/model/twin.ts";

/** Asset that an instance of a mesh stands for; null for scenery among them. */
export type StandsFor = (instance: number) => AssetRef | null;

const key = "standsFor";

/** Says what a mesh's instances stand for: what is drawn there is what a pointer meets there. */
export const letStandFor = (mesh: Object3D, of: StandsFor): void => {
  mesh.userData[key] = of;
};

/** What was said by `letStandFor`; undefined for scenery. */
export const standsFor = (mesh: Object3D): StandsFor | undefined =>
  mesh.userData[key] as StandsFor | undefined;
