import type { WebGLRenderer } from "three";

/**
 * Colour of one pixel of what was drawn in this very task: the drawing buffer is gone afterwards.
 * @param at CSS pixels from the top left corner @returns red, green, blue, 0…255
 */
export const readPixel = (
  gl: WebGLRenderer,
  at: { readonly x: number; readonly y: number },
): readonly [number, number, number] => {
  const context = gl.getContext();
  const ratio = gl.getPixelRatio();
  const pixel = new Uint8Array(4);
  const y = gl.domElement.height - 1 - Math.floor(at.y * ratio);
  context.readPixels(Math.floor(at.x * ratio), y, 1, 1, context.RGBA, context.UNSIGNED_BYTE, pixel);
  return [pixel[0]!, pixel[1]!, pixel[2]!];
};
