/** What stands between the eye and a rack seen near is left out (Racks.clear). */
export const clearing = /* glsl */ `
/** xyz: normal towards the eye, w: offset; what stands in front of this plane is in the way. */
uniform vec4 uClip;
/** The same along the row: what stands beyond this plane is not in the way after all, and shows how deep the aisle is. */
uniform vec4 uBeyond;
float clearOf(vec3 at) {
  return max(step(dot(at, uClip.xyz), uClip.w), step(uBeyond.w, dot(at, uBeyond.xyz)));
}
`;
