import { describe, expect, it } from "vitest";
import { isSoftware, QualityLadder } from "./quality.ts";

const moves = (ladder: QualityLadder, ms: number, count: number): void => {
  for (let i = 0; i < count; i++) ladder.tookMoving(ms);
};
const rests = (ladder: QualityLadder, ...times: readonly number[]): void => {
  for (const ms of times) ladder.tookAtRest(ms);
};

describe("quality ladder", () => {
  it("draws a move with fewer pixels after three slow frames, and with more again when they come easily", () => {
    const ladder = new QualityLadder(false);
    moves(ladder, 80, 2);
    expect(ladder.ratio).toBe(1);
    moves(ladder, 80, 1);
    expect(ladder.ratio).toBe(0.75);
    moves(ladder, 10, 12);
    expect(ladder.ratio).toBe(1);
  });

  it("ignores single slow frames, but not one that is far too slow", () => {
    const ladder = new QualityLadder(false);
    for (const ms of [90, 20, 90, 20, 90, 20]) ladder.tookMoving(ms);
    expect(ladder.ratio).toBe(1);
    ladder.tookMoving(400);
    expect(ladder.ratio).toBe(0.75);
  });

  it("goes a step down by itself where the fewest pixels are still too slow", () => {
    const ladder = new QualityLadder(false);
    const steps = new Set<string>();
    for (let i = 0; i < 40; i++) {
      steps.add(ladder.step);
      moves(ladder, 300, 1);
    }
    expect([...steps]).toEqual(["desktop", "laptop", "software"]);
    expect(ladder.isThrifty).toBe(true);
  });

  it("finds its step by the first pictures at rest; those that compile and upload do not count", () => {
    const stepAfter = (isWall: boolean, ...times: readonly number[]): string => {
      const ladder = new QualityLadder(false, isWall);
      rests(ladder, ...times);
      return ladder.step;
    };
    expect(stepAfter(false, 900, 400, 9, 30, 8)).toBe("desktop");
    expect(stepAfter(true, 900, 400, 9, 30, 8)).toBe("wall");
    expect(stepAfter(true, 900, 400, 60, 70, 58)).toBe("laptop");
    expect(stepAfter(false, 900, 400, 160, 170, 158)).toBe("software");
    expect(stepAfter(false, 900, 400, 160, 170)).toBe("desktop");
  });

  it("takes a person's word, and goes back to its own", () => {
    const ladder = new QualityLadder(true);
    expect(ladder.step).toBe("software");
    ladder.choose("desktop");
    expect([ladder.step, ladder.isThrifty, ladder.ratio]).toEqual(["desktop", false, 1]);
    moves(ladder, 900, 20);
    expect(ladder.step).toBe("desktop");
    ladder.choose(null);
    expect(ladder.step).toBe("software");
  });

  it("starts low where the processor draws", () => {
    expect(
      isSoftware("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)"),
    ).toBe(true);
    expect(isSoftware("ANGLE (NVIDIA, NVIDIA RTX A4000, D3D11)")).toBe(false);
    const ladder = new QualityLadder(true);
    expect(ladder.ratio).toBe(0.18);
    moves(ladder, 30, 24);
    expect(ladder.ratio).toBe(0.35);
  });
});
