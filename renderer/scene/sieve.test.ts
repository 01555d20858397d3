import {
  BoxGeometry,
  type BufferGeometry,
  Group,
  InstancedBufferAttribute,
  type InstancedBufferGeometry,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
} from "three";
import { expect, test } from "vitest";
import { instancesOf, type Placed } from "./campus/instances.ts";
import { Sieve } from "./sieve.ts";

const heightPx = 1000;
const box = (x: number, z: number, size = 4): Placed => ({
  x,
  y: 0,
  z,
  yaw: 0,
  width: size,
  height: size,
  depth: size,
  extra: [x],
});

/** A costly kit at these places; iLive numbers its instances, as what changes with telemetry does. */
const crowdAt = (boxes: readonly Placed[]): Mesh<InstancedBufferGeometry> => {
  const mesh = instancesOf(new BoxGeometry(1, 1, 1, 40, 40, 40), boxes, new MeshBasicMaterial());
  const live = Float32Array.from(boxes, (_, i) => i);
  mesh.geometry.setAttribute("iLive", new InstancedBufferAttribute(live, 1));
  return mesh;
};

/** Looks north (−z) from the origin, two metres up. */
const camera = (): PerspectiveCamera => {
  const made = new PerspectiveCamera(40, 1.6, 1, 30_000);
  made.position.set(0, 2, 0);
  made.updateMatrixWorld();
  return made;
};

const numbersOf = (mesh: Mesh<InstancedBufferGeometry>): number[] =>
  [...(mesh.geometry.getAttribute("iLive").array as Float32Array)].slice(0, mesh.geometry.instanceCount);

test("what is behind, beside, or smaller than a pixel is left out; all else keeps its own attributes", () => {
  const boxes = [box(0, -50), box(0, 50), box(5, -200), box(400, -100), box(0, -20_000), box(-3, -30, 6)];
  const mesh = crowdAt(boxes);
  const root = new Group().add(mesh);
  new Sieve(root).sift(camera(), { heightPx });
  expect(numbersOf(mesh)).toEqual([0, 2, 5]);
  const poses = mesh.geometry.getAttribute("iPose").array;
  expect([poses[0], poses[2], poses[8], poses[10]]).toEqual([0, -50, -3, -30]);
  expect(mesh.geometry.getAttribute("iExtra").array[8]).toBe(-3);
});

test("afterwards every mesh has all of its instances again, and telemetry that came in between is drawn next time", () => {
  const mesh = crowdAt([box(0, 50), box(0, -50)]);
  const whole = mesh.geometry;
  const sieve = new Sieve(new Group().add(mesh));
  sieve.sift(camera(), { heightPx });
  expect(mesh.geometry).not.toBe(whole);
  sieve.restore();
  expect(mesh.geometry).toBe(whole);
  (whole.getAttribute("iLive").array as Float32Array)[1] = 77;
  sieve.sift(camera(), { heightPx });
  expect(numbersOf(mesh)).toEqual([77]);
});

test("one that reaches into the picture is kept, however far its middle is outside", () => {
  const mesh = crowdAt([box(60, -60, 120), box(60, -60, 4)]);
  new Sieve(new Group().add(mesh)).sift(camera(), { heightPx });
  expect(numbersOf(mesh)).toEqual([0]);
});

test("data is left out only where the camera does not look, however small it is, indoors as well", () => {
  const data = crowdAt([box(0, 50), box(0, -20_000), box(0, -50)]);
  data.renderOrder = 300;
  const sieve = new Sieve(new Group().add(data));
  for (const isIndoors of [false, true]) {
    sieve.sift(camera(), { heightPx, isIndoors });
    expect(numbersOf(data)).toEqual([1, 2]);
    sieve.restore();
  }
});

test("meshes whose boxes do not hold what they draw stay whole", () => {
  const rotor = crowdAt([box(0, 50)]);
  rotor.userData["sifts"] = false;
  new Sieve(new Group().add(rotor)).sift(camera(), { heightPx });
  expect(numbersOf(rotor)).toEqual([0]);
});

test("from within a closed room nothing outdoors is drawn", () => {
  const mesh = crowdAt([box(0, -50)]);
  const sieve = new Sieve(new Group().add(mesh));
  sieve.sift(camera(), { heightPx, isIndoors: true });
  expect(mesh.geometry.instanceCount).toBe(0);
  sieve.restore();
  sieve.sift(camera(), { heightPx });
  expect(numbersOf(mesh)).toEqual([0]);
});

test("of a strip of the picture only what it shows is drawn", () => {
  // High above, at eye level, and far below, all in the picture.
  const at = (y: number): Placed => ({ ...box(0, -100), y });
  const mesh = crowdAt([at(30), at(0), at(-30)]);
  const sieve = new Sieve(new Group().add(mesh));
  const inStrip = (top: number): number[] => {
    sieve.sift(camera(), { heightPx, strip: { top, height: 200, of: 1000 } });
    const found = numbersOf(mesh);
    sieve.restore();
    return found;
  };
  expect(inStrip(0)).toEqual([0]);
  expect(inStrip(400)).toEqual([1]);
  expect(inStrip(800)).toEqual([2]);
});

test("shares of an object are together all of it, each part once", () => {
  const mesh = crowdAt([box(-3, -50), box(0, 50), box(0, -50), box(3, -50), box(5, -60)]);
  const plain = new Mesh(new BoxGeometry(1, 1, 1, 3, 1, 1), new MeshBasicMaterial());
  const sieve = new Sieve(new Group().add(mesh, plain));
  const found: number[] = [];
  const drawn: number[] = [];
  for (const at of [0, 1, 2]) {
    sieve.sift(camera(), { heightPx, share: { at, of: 3 } });
    found.push(...numbersOf(mesh));
    const { start, count } = plain.geometry.drawRange;
    for (let i = start; i < start + count; i++) drawn.push(i);
    sieve.restore();
  }
  expect(found).toEqual([0, 2, 3, 4]);
  expect(drawn).toEqual(Array.from({ length: plain.geometry.index!.count }, (_, i) => i));
  expect(plain.geometry.drawRange).toEqual({ start: 0, count: Number.POSITIVE_INFINITY });
});

test("shares of what is unrolled, and of what would not be sifted for itself, are each drawn once too", () => {
  const boxes = Array.from({ length: 40 }, (_, i) => box(i - 20, -60));
  const unrolled = instancesOf(new BoxGeometry(), boxes, new MeshBasicMaterial());
  unrolled.userData["sifts"] = false;
  const small = instancesOf(new BoxGeometry(1, 1, 1, 6, 6, 6), boxes.slice(0, 10), new MeshBasicMaterial());
  small.geometry.setAttribute(
    "iLive",
    new InstancedBufferAttribute(
      Float32Array.from(boxes.slice(0, 10), (_, i) => i),
      1,
    ),
  );
  const sieve = new Sieve(new Group().add(unrolled, small));
  const corners: number[] = [];
  const found: number[] = [];
  for (const at of [0, 1, 2, 3]) {
    sieve.sift(camera(), { heightPx, share: { at, of: 4 } });
    const { index, drawRange } = unrolled.geometry as BufferGeometry;
    for (let i = 0; i < drawRange.count; i++) corners.push(index!.array[i]!);
    found.push(...numbersOf(small));
    sieve.restore();
  }
  // Twelve triangles of 24 vertices each, for 40 boxes.
  expect(corners).toHaveLength(40 * 36);
  expect(new Set(corners).size).toBe(40 * 24);
  expect(found).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
