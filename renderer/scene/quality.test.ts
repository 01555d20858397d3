import { describe, expect, it } from "vitest";
import { isSoftware, QualityLadder } from "./quality.ts";

describe("quality ladder", () => {
  it("drops pixels after three slow frames of a move, and gives them back at rest", () => {
    const ladder = new QualityLadder(false);
    expect([80, 80, 80].map((ms) => ladder.pace(ms, true))).toEqual([1, 1, 1]);
    expect(ladder.pace(80, true)).toBe(0.75);
    expect(ladder.pace(80, false)).toBe(1);
    expect(ladder.pace(16, true)).toBe(0.75);
  });

  it("ignores the long pause before a move and single slow frames", () => {
    const ladder = new QualityLadder(false);
    for (const ms of [5000, 16, 90, 16, 90, 16, 90, 16]) expect(ladder.pace(ms, true)).toBe(1);
  });

  it("starts low where the processor draws", () => {
    expect(
      isSoftware("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)"),
    ).toBe(true);
    expect(isSoftware("ANGLE (NVIDIA, NVIDIA RTX A4000, D3D11)")).toBe(false);
    expect(new QualityLadder(true).pace(16, true)).toBe(0.5);
  });
});
