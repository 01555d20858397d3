import { PerspectiveCamera, Vector3 } from "three";
import { expect, test, vi } from "vitest";
import { CameraRig } from "./cameraRig.ts";

/** As much of an element as a wheel over it needs. */
class Surface extends EventTarget {
  readonly style = {};
  readonly ownerDocument = new EventTarget();

  setAttribute(): void {}

  getBoundingClientRect() {
    return { left: 0, top: 0, width: 800, height: 600 };
  }

  wheel(deltaY: number): void {
    const place = { clientX: 400, clientY: 300, deltaX: 0, deltaY, deltaMode: 0, ctrlKey: false };
    this.dispatchEvent(Object.assign(new Event("wheel", { cancelable: true }), place));
  }
}

/** The element's box, which the controls keep; Node has no such type. */
vi.stubGlobal("DOMRect", class {});

const rigOver = (surface: Surface): { readonly rig: CameraRig; readonly camera: PerspectiveCamera } => {
  const camera = new PerspectiveCamera(45, 800 / 600, 1, 24_000);
  const rig = new CameraRig(camera, surface as unknown as HTMLElement, { onMove() {}, onHand() {} });
  rig.jump({ eye: new Vector3(0, 200, 500), target: new Vector3() });
  while (rig.update(0.2, 0));
  return { rig, camera };
};

test("a move is eased out over several frames, and taken whole with one where frames are slow", () => {
  const surface = new Surface();
  const { rig, camera } = rigOver(surface);
  surface.wheel(120);
  expect(rig.update(0.05, 0)).toBe(true);
  const soon = camera.position.length();
  expect(rig.update(0.05, 0)).toBe(true);
  expect(camera.position.length()).toBeGreaterThan(soon + 1);
  while (rig.update(0.2, 0));

  rig.direct = true;
  const before = camera.position.length();
  surface.wheel(120);
  expect(rig.update(0.05, 0)).toBe(true);
  const at = camera.position.length();
  expect(at).toBeGreaterThan(before + 1);
  expect(rig.update(0.05, 0)).toBe(false);
  expect(camera.position.length()).toBeCloseTo(at, 3);
});
