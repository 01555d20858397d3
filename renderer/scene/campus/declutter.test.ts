import fc from "fast-check";
import {
  type BufferAttribute,
  type InstancedBufferGeometry,
  type Mesh,
  type PerspectiveCamera,
  type ShaderMaterial,
  Vector3,
} from "three";
import { beforeAll, describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { poseFor } from "#renderer/scene/cameras.ts";
import type { Pose } from "#renderer/scene/poses.ts";
import { cameraIds } from "#renderer/stores/cameras.ts";
import { CampusRenderer } from "./campusRenderer.ts";
import type { LabelPainter } from "./labels.ts";
import { cameraAt } from "./scene.fixture.ts";

const timeMs = Date.parse("2026-07-15T11:48:00Z");
const [widthPx, heightPx] = [1920, 1080];
const lens = { fovDeg: 38, aspect: widthPx / heightPx, isCrowded: true };

/** Cells as wide as the text would be, without ink: what is tested is where names stand. */
const wide: LabelPainter = (texts) => ({
  width: 64,
  height: 18,
  coverage: new Uint8Array(64 * 18),
  cells: Float32Array.from(
    texts.flatMap((text) => {
      const lines = text.split("\n");
      return [0, 0, 13 * Math.max(...lines.map((line) => line.length)), 18 * lines.length];
    }),
  ),
  scale: 1,
});

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Panels as they lie on a desk: bars above and below, columns at both sides. */
const panels: readonly Box[] = [
  [0, 0, 1920, 56],
  [0, 1040, 1920, 1080],
  [12, 70, 330, 700],
  [1560, 70, 1908, 900],
];

let campus: CampusRenderer;

beforeAll(() => {
  const clock = { nowMs: () => timeMs } as Parameters<typeof createCampusState>[1];
  campus = new CampusRenderer(createCampusState(campusTwin(), clock), 2048);
  campus.still = true;
  campus.name("zh", wide);
  campus.region?.speak({ language: "zh", labelPx: 15, paint: () => wide });
  campus.cover(Float32Array.from(panels.flat()));
});

/** Bodies and lines of every name that is drawn, as the vertex shader of labels.ts places it, CSS pixels. */
const drawnNames = (camera: PerspectiveCamera): readonly Box[] => {
  const found: Box[] = [];
  const at = new Vector3();
  campus.root.traverseVisible((object) => {
    const { geometry, material } = object as Mesh<InstancedBufferGeometry, ShaderMaterial>;
    const shown = geometry?.getAttribute?.("iShown");
    if (!shown || geometry.instanceCount === 0) return;
    const names = ["iAt", "iCell", "iValue", "iSwatch", "iForm", "iRise"] as const;
    const [anchor, cell, value, swatch, form, rise] = names.map(
      (name) => geometry.getAttribute(name) as BufferAttribute,
    ) as [
      BufferAttribute,
      BufferAttribute,
      BufferAttribute,
      BufferAttribute,
      BufferAttribute,
      BufferAttribute,
    ];
    const scale = material.uniforms["uScale"]!.value as number;
    for (let i = 0; i < geometry.instanceCount; i++) {
      if (!(shown.getX(i) > 0)) continue;
      at.fromBufferAttribute(anchor, i).project(camera);
      if (at.z > 1) continue;
      const x = Math.floor((at.x * 0.5 + 0.5) * widthPx) + 0.5;
      const bottom = Math.floor((0.5 - at.y * 0.5) * heightPx) + 0.5 - form.getX(i);
      if (shown.getX(i) > 1) {
        found.push([x - 5, bottom - 5, x + 5, bottom + 5]);
        continue;
      }
      const mark = swatch.getW(i) < 0 ? 0 : Math.floor((cell.getW(i) / scale) * 0.6) + 6;
      const told = value.getZ(i) > 0 ? 7 + mark + value.getZ(i) / scale : 0;
      const half = (cell.getZ(i) / scale + told + 16) / 2;
      const to = Math.sign(form.getZ(i));
      if (Math.abs(form.getZ(i)) === 2) {
        const tall = (cell.getW(i) / scale + 7) / 2;
        const [y, end] = [bottom + form.getX(i), x + to * (24 + form.getX(i))];
        found.push([end + to * half - half, y - tall, end + to * half + half, y + tall]);
        found.push([Math.min(end - to * 24, end), y - 2, Math.max(end - to * 24, end), y + 2]);
        continue;
      }
      const foot = bottom - 13 - rise.getX(i);
      const middle = x + form.getZ(i) * (half - 12);
      found.push([middle - half, foot - cell.getW(i) / scale - 7, middle + half, foot]);
      if (form.getY(i) > 0) found.push([x - 2, foot, x + 2, bottom]);
    }
  });
  return found;
};

const meet = (a: Box, b: Box): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

const look = (pose: Pose): readonly Box[] => {
  const camera = cameraAt(pose);
  for (let i = 0; i < 3; i++)
    campus.frame({
      camera,
      target: pose.target,
      widthPx,
      heightPx,
      deltaMs: 500,
      passedMs: 500,
      nowMs: timeMs,
    });
  return drawnNames(camera);
};

const expectClear = (names: readonly Box[]): void => {
  for (const [i, name] of names.entries()) {
    for (const panel of panels) expect(meet(name, panel), `${name} under ${panel}`).toBe(false);
    for (const other of names.slice(0, i)) expect(meet(name, other), `${name} over ${other}`).toBe(false);
  }
};

describe("names on the picture", () => {
  it.each(cameraIds)("from %s none lies over another or under a panel", (id) => {
    expectClear(look(poseFor(campus.layout, id, lens)));
  });

  it("nor from anywhere else, with or without ribbons of power", () => {
    let most = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...cameraIds),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.boolean(),
        (id, turn, times, hasEnergy) => {
          const { eye, target } = poseFor(campus.layout, id, lens);
          const away = eye
            .clone()
            .sub(target)
            .applyAxisAngle(new Vector3(0, 1, 0), turn);
          campus.setEnergy(hasEnergy);
          const names = look({ eye: away.multiplyScalar(times).add(target), target });
          most = Math.max(most, names.length);
          expectClear(names);
        },
      ),
      { numRuns: 150 },
    );
    campus.setEnergy(false);
    expect(most).toBeGreaterThan(20);
  });

  it("the selected rack wears one tag, beside itself and clear of panels, and none where it is not drawn", () => {
    const row = 20;
    const rack = { className: "rack", row } as const;
    const near = poseFor(campus.layout, rack, lens);
    const far = poseFor(campus.layout, "campus", lens);
    const before = look(far).length;
    expect(look(near)).toHaveLength(0);
    campus.mark(rack, null);
    const names = look(near);
    // Body and line.
    expect(names).toHaveLength(2);
    expectClear(names);
    const at = campus.visibleCentre(rack, cameraAt(near), new Vector3()).project(cameraAt(near));
    const x = (at.x * 0.5 + 0.5) * widthPx;
    expect(names[0]![0]).toBeLessThan(x);
    expect(names[0]![2]).toBeGreaterThan(x);
    expect(look(far)).toHaveLength(before);
    campus.mark(null, null);
    expect(look(near)).toHaveLength(0);
  });
});
