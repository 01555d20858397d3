/**
 * Why no 3D picture can be drawn here, or null when it can. Tried once on a canvas of its own, whose context is given
 * back at once: browsers allow only a few.
 */
export const whyNoPicture = (): string | null => {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return "this browser gives no WebGL 2 context";
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return null;
};
