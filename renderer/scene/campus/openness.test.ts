import { describe, expect, it } from "vitest";
import { openUniforms } from "./opening.ts";
import { Openness } from "./openness.ts";

const run = (open: Openness, ms: number): void => {
  for (let t = 0; t < ms; t += 20) open.step(20, false);
};

describe("opening buildings", () => {
  it("turns shells to glass within 400 ms and back", () => {
    const open = new Openness(openUniforms());
    open.xray = true;
    expect(open.isOpen(3)).toBe(true);
    run(open, 200);
    expect(open.uniforms.uXray.value).toBeCloseTo(0.5, 1);
    expect(open.easing).toBe(true);
    run(open, 220);
    expect(open.uniforms.uXray.value).toBe(1);
    expect(open.easing).toBe(false);
    open.xray = false;
    run(open, 420);
    expect(open.anyOpen).toBe(false);
  });

  it("closes the building left behind before it opens the next, and cuts only the one looked into", () => {
    const open = new Openness(openUniforms());
    open.look(2, 1e6);
    run(open, 420);
    expect([open.uniforms.uFocus.value, open.uniforms.uFocusOpen.value]).toEqual([2, 1]);
    open.look(5, 8);
    open.step(20, false);
    expect(open.uniforms.uFocus.value).toBe(2);
    expect(open.uniforms.uCut.value).toBe(1e6);
    run(open, 800);
    expect([open.uniforms.uFocus.value, open.uniforms.uFocusOpen.value]).toEqual([5, 1]);
    expect(open.uniforms.uCut.value).toBe(8);
  });

  it("sweeps the cut down from the top of the building and up again, never past a storey in one frame", () => {
    const open = new Openness(openUniforms());
    open.look(2, 1e6, 30);
    run(open, 420);
    expect(open.uniforms.uCut.value).toBe(1e6);
    open.look(2, 8, 30);
    const cuts: number[] = [];
    for (let t = 0; t < 500; t += 20) {
      open.step(20, false);
      cuts.push(open.uniforms.uCut.value);
    }
    expect(cuts[0]).toBeLessThanOrEqual(30);
    expect(cuts.at(-1)).toBe(8);
    expect(cuts.every((cut, i) => i === 0 || (cut <= cuts[i - 1]! && cuts[i - 1]! - cut < 4))).toBe(true);
    expect(open.easing).toBe(false);
    open.look(2, 1e6, 30);
    open.step(20, false);
    expect(open.uniforms.uCut.value).toBeLessThan(30);
    run(open, 500);
    expect(open.uniforms.uCut.value).toBe(1e6);
    expect(open.moving).toBe(false);
  });

  it("jumps when motion is to be reduced", () => {
    const open = new Openness(openUniforms());
    open.look(4, 12);
    open.xray = true;
    open.step(1, true);
    expect(open.easing).toBe(false);
    expect(open.uniforms.uXray.value).toBe(1);
    expect(open.uniforms.uFocusOpen.value).toBe(1);
  });
});
