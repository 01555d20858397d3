/** What draws, in the words of its maker. */
export const rendererName = (context: WebGL2RenderingContext): string => {
  const names = context.getExtension("WEBGL_debug_renderer_info");
  return String(context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER));
};

/** three restores programs, textures and buffers by itself; we count, and draw again. @returns what ends the watch. */
export const watchContext = (
  canvas: HTMLCanvasElement,
  { onLost, onRestored }: { readonly onLost: () => void; readonly onRestored: () => void },
): (() => void) => {
  canvas.addEventListener("webglcontextlost", onLost);
  canvas.addEventListener("webglcontextrestored", onRestored);
  return () => {
    canvas.removeEventListener("webglcontextlost", onLost);
    canvas.removeEventListener("webglcontextrestored", onRestored);
  };
};
