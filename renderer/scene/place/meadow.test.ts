import { Color, Mesh, PlaneGeometry, ShaderMaterial, Vector3, type WebGLRenderer } from "three";
import { expect, test, vi } from "vitest";
import { Meadow } from "./meadow.ts";

const fakeGl = () => ({ setRenderTarget: vi.fn(), clear: vi.fn(), render: vi.fn() });
const meadowAt = () => {
  const uFresh = { value: new Color(0.1, 0.15, 0.05) };
  const meadow = new Meadow({ uFresh }, [new Mesh(new PlaneGeometry(), new ShaderMaterial())]);
  const gl = fakeGl();
  const look = (y: number, x = 0): number => {
    meadow.prepare(gl as unknown as WebGLRenderer, new Vector3(x, y, 0));
    return meadow.mesh.geometry.instanceCount;
  };
  return { meadow, gl, look, uFresh };
};

test("the first picture has no grass: until then nobody knows whether the processor draws", () => {
  const { look, gl } = meadowAt();
  expect(look(2)).toBe(0);
  expect(gl.render).not.toHaveBeenCalled();
  expect(look(2)).toBeGreaterThan(0);
  expect(gl.render).toHaveBeenCalledTimes(1);
});

test("where the processor draws, nothing is charted", () => {
  const { meadow, look, gl } = meadowAt();
  meadow.mesh.visible = false;
  for (let i = 0; i < 3; i++) look(2);
  expect(gl.render).not.toHaveBeenCalled();
  expect(meadow.mesh.geometry.instanceCount).toBe(0);
});

test("the higher the eye, the fewer grids; from far above there is none", () => {
  const { look } = meadowAt();
  look(2);
  const counts = [2, 15, 40, 120, 260, 900].map((y) => look(y));
  for (let i = 1; i < counts.length; i++) expect(counts[i]).toBeLessThanOrEqual(counts[i - 1]!);
  expect(counts[1]).toBeLessThan(counts[0]!);
  expect(counts.at(-1)).toBe(0);
});

test("the ground is charted anew when the eye has left it or the season turns, else never", () => {
  const { look, gl, uFresh } = meadowAt();
  for (let i = 0; i < 5; i++) look(2, i * 2);
  expect(gl.render).toHaveBeenCalledTimes(1);
  look(2, 60);
  expect(gl.render).toHaveBeenCalledTimes(2);
  uFresh.value.r = 0.2;
  look(2, 60);
  expect(gl.render).toHaveBeenCalledTimes(3);
});
