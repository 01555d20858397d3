import { expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import type { LabelPainter } from "./labels.ts";
import { layoutOf } from "./layout.ts";
import { Naming } from "./naming.ts";

it("paints names once for a language and a painter: another of either, and all are painted anew", () => {
  const painted: string[][] = [];
  const painter = (): LabelPainter => (texts) => {
    painted.push([...texts]);
    const cells = new Float32Array(texts.length * 4).fill(1);
    return { width: 1, height: 1, coverage: new Uint8Array(1), cells, scale: 1 };
  };
  const twin = campusTwin(1000);
  const clock = { nowMs: () => 0 } as Parameters<typeof createCampusState>[1];
  const naming = new Naming(layoutOf(twin), createCampusState(twin, clock), { isDrawn: () => true });
  const paint = painter();
  expect([naming.speak("zh", paint), naming.speak("zh", paint)]).toEqual([true, false]);
  expect([naming.speak("zh", painter()), naming.speak("en", paint)]).toEqual([true, true]);
  expect(painted).toHaveLength(3);
  expect(painted[1]).toEqual(painted[0]);
  expect(painted[2]).not.toEqual(painted[0]);
});
