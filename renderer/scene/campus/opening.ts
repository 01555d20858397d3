import type { IUniform } from "three";

/** Uniforms that open buildings: shared by shells, slabs and racks. */
export interface OpenUniforms extends Record<string, IUniform> {
  /** X-ray of the whole campus, 0…1, eased. */
  uXray: IUniform<number>;
  /** Building the camera looks into, and how far its shell has turned to glass. */
  uFocus: IUniform<number>;
  uFocusOpen: IUniform<number>;
  /** Everything of the focus building above this height (m) is cut away. */
  uCut: IUniform<number>;
}

export const openUniforms = (): OpenUniforms => ({
  uXray: { value: 0 },
  uFocus: { value: -1 },
  uFocusOpen: { value: 0 },
  uCut: { value: 1e6 },
});

/**
 * A machine whose foot is no further below the cut is cut away with what it stands on, m: a deck lies that much below the
 * top of the storey beneath it, and nothing stands so high within a storey.
 */
const underCutM = 1;

/** Whether a machine with its foot at this height goes with the cut: the same rule as in the shaders. */
export const isCutAway = (foot: number, cut: number): boolean => foot > cut - underCutM;

export const opening = /* glsl */ `
uniform float uXray;
uniform float uFocus;
uniform float uFocusOpen;
uniform float uCut;
float glassOf(float building) {
  return max(uXray, abs(building - uFocus) < 0.5 ? uFocusOpen : 0.0);
}
/**
 * How far a point of a shell is glass. The change sweeps from the parapet down: each point is solid or glass, so a
 * picture taken on the way is clean, and depth stays true for the data behind.
 */
float sweptOf(float building, float level) {
  float amount = glassOf(building);
  return amount <= 0.0 ? 0.0 : amount >= 1.0 ? 1.0 : smoothstep(0.0, 0.06, level - 1.0 + amount * 1.06);
}
float cutOf(float building) {
  return abs(building - uFocus) < 0.5 ? uCut : 1e6;
}
/** A machine with its foot at this height goes with the cut (isCutAway). */
bool isCutAway(float building, float foot) {
  return foot > cutOf(building) - ${underCutM.toFixed(1)};
}
/** What is left, 0…1, of something that stands at this height while the cut sweeps through its storey. */
float keptOf(float building, float y) {
  return smoothstep(y + 0.5, y + 3.2, cutOf(building));
}
`;
