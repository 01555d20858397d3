import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Where an asset stands as its twin directory writes it: from its parent's centre, in the parent's own axes. */
export interface LocalPlace {
  /** m, rounded to centimetres. */
  readonly east: number;
  readonly north: number;
  /** Degrees clockwise from the parent's north, −180…180. */
  readonly yawDeg: number;
}

const rounded = (value: number): number => Math.round(value * 100) / 100 || 0;

const poseOf = (twin: Twin, { className, row }: AssetRef): Float32Array =>
  twin.table(className).pose.subarray(row * 4, row * 4 + 4);

/** The inverse of how a parent's pose places its children (docs/TWIN-DIRECTORY.md). */
export const localPlace = (twin: Twin, asset: AssetRef): LocalPlace => {
  const parent = twin.parentOf(asset);
  const [east = 0, north = 0, , yaw = 0] = poseOf(twin, asset);
  const [fromEast = 0, fromNorth = 0, , fromYaw = 0] = parent ? poseOf(twin, parent) : [];
  const turn = (fromYaw * Math.PI) / 180;
  const [byEast, byNorth] = [east - fromEast, north - fromNorth];
  const yawDeg = rounded((yaw - fromYaw + 720) % 360);
  return {
    east: rounded(byEast * Math.cos(turn) - byNorth * Math.sin(turn)),
    north: rounded(byEast * Math.sin(turn) + byNorth * Math.cos(turn)),
    yawDeg: yawDeg > 180 ? yawDeg - 360 : yawDeg,
  };
};
