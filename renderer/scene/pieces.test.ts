import { BoxGeometry, Group, InstancedBufferGeometry, Mesh, MeshBasicMaterial, type Object3D } from "three";
import { describe, expect, test } from "vitest";
import { onlyThese, PiecePace, piecesOf } from "./pieces.ts";
import { stripsOf } from "./strips.ts";

const meshOf = (order: number, cells: number, { transparent = false } = {}): Mesh => {
  const mesh = new Mesh(
    new BoxGeometry(1, 1, 1, cells, cells, cells),
    new MeshBasicMaterial({ transparent }),
  );
  mesh.renderOrder = order;
  return mesh;
};
/** 36 × cells² corners. */
const [little, much] = [1, 40];

describe("a picture cut into pieces", () => {
  const cut = { heightPx: 1000, strips: stripsOf(1000, 4), cutOf: () => 1, isAlone: () => false };

  test("has every object once, heavy ones whole, light ones in each strip", () => {
    const [sky, tree, roof, name] = [
      meshOf(100, little),
      meshOf(0, much),
      meshOf(0, little),
      meshOf(500, little),
    ];
    const pieces = piecesOf(new Group().add(sky, tree, roof, name), cut);
    expect(pieces[0]).toEqual({ objects: new Set([tree]), strip: null, share: null, isHeavy: true });
    expect(pieces.slice(1).map(({ strip }) => strip?.top)).toEqual([0, 250, 500, 750]);
    for (const { objects } of pieces.slice(1)) expect(objects).toEqual(new Set([roof, sky, name]));
  });

  test("keeps the order where order tells: glass and data come after what they cover", () => {
    const [ground, racks, glass] = [
      meshOf(90, little),
      meshOf(310, much),
      meshOf(200, little, { transparent: true }),
    ];
    const order = piecesOf(new Group().add(glass, racks, ground), cut).map(({ objects }) => [...objects]);
    expect(order.slice(0, 4)).toEqual(Array(4).fill([ground]));
    expect(order[4]).toEqual([racks]);
    expect(order.slice(5)).toEqual(Array(4).fill([glass]));
  });

  test("cuts what was slow into shares, by itself", () => {
    const [slow, quick] = [meshOf(0, much), meshOf(0, much)];
    const pieces = piecesOf(new Group().add(slow, quick), {
      ...cut,
      cutOf: (each) => (each === slow ? 3 : 0),
    });
    const own = pieces.filter(({ objects }) => objects.has(slow));
    expect(own.map(({ share }) => share)).toEqual([0, 1, 2].map((at) => ({ at, of: 3 })));
    for (const { objects, strip } of own) expect([objects.size, strip]).toEqual([1, null]);
    expect(pieces.filter(({ objects }) => objects.has(quick))).toHaveLength(1);
  });

  test("cuts instances that are not sifted into strips", () => {
    const rotors = meshOf(0, much);
    rotors.geometry = Object.assign(new InstancedBufferGeometry(), { instanceCount: 3 }).copy(
      rotors.geometry as InstancedBufferGeometry,
    );
    const stripsFor = (): boolean[] =>
      piecesOf(new Group().add(rotors), { ...cut, cutOf: () => 2 }).map(({ strip }) => strip !== null);
    expect(stripsFor()).toEqual([true, true]);
    rotors.userData["sifts"] = true;
    expect(stripsFor()).toEqual([false, false]);
  });

  test("what is hidden is in none", () => {
    const hidden = new Group().add(meshOf(0, much));
    hidden.visible = false;
    expect(piecesOf(new Group().add(hidden), cut)).toEqual([]);
  });
});

test("one piece's objects are drawn and no others, and afterwards all are as they were", () => {
  const [one, other] = [meshOf(0, little), meshOf(0, little)];
  other.layers.set(3);
  const masks = (): number[] => [one, other].map(({ layers }) => layers.mask);
  const before = masks();
  const restore = onlyThese(new Group().add(one, other), new Set<Object3D>([one]));
  expect(masks()).toEqual([before[0], 0]);
  restore();
  expect(masks()).toEqual(before);
});

/** Draws a whole picture. @returns its number of pieces */
const drawn = (
  pace: PiecePace,
  root: Object3D,
  msOf: (share: number, isHeavy: boolean) => number,
): number => {
  pace.begin(root, 1080);
  let count = 0;
  for (let piece = pace.piece; piece; piece = pace.piece) {
    count++;
    const share = piece.strip ? piece.strip.height / piece.strip.of : 1 / (piece.share?.of ?? 1);
    pace.next(msOf(share, piece.isHeavy));
  }
  return count;
};

describe("the pace of pieces", () => {
  test("strips get finer until each takes what a hand may wait, and coarser where they take nothing", () => {
    const pace = new PiecePace();
    const root = new Group().add(meshOf(0, little));
    for (let i = 0; i < 8; i++) drawn(pace, root, (share) => share * 1600);
    expect(drawn(pace, root, (share) => share * 1600)).toBe(20);
    for (let i = 0; i < 8; i++) drawn(pace, root, () => 0);
    expect(drawn(pace, root, () => 0)).toBe(2);
  });

  test("a heavy object that takes long is cut next time, and no more than is worth it", () => {
    const pace = new PiecePace();
    const root = new Group().add(meshOf(0, much));
    expect(drawn(pace, root, (share) => share * 240)).toBe(1);
    expect(drawn(pace, root, (share) => share * 240)).toBe(3);
    drawn(pace, root, (share) => share * 5000);
    expect(drawn(pace, root, (share) => share * 5000)).toBe(12);
  });

  test("heavy objects that take too long together are drawn each by itself the next time", () => {
    const pace = new PiecePace();
    const [one, other] = [meshOf(0, 20), meshOf(0, 20)];
    const root = new Group().add(one, other);
    expect(drawn(pace, root, () => 70)).toBe(1);
    expect(drawn(pace, root, () => 200)).toBe(1);
    expect(drawn(pace, root, () => 70)).toBe(2);
  });

  test("is under way until the last piece was drawn or it was given up", () => {
    const pace = new PiecePace();
    const root = new Group().add(meshOf(0, little));
    expect(pace.isUnderWay).toBe(false);
    pace.begin(root, 100);
    expect(pace.isUnderWay).toBe(true);
    pace.end();
    expect([pace.isUnderWay, pace.piece]).toEqual([false, null]);
  });
});
