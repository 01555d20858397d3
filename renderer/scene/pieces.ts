import type { InstancedBufferGeometry, Material, Mesh, Object3D } from "three";
import { type Strip, StripCosts, stripsOf } from "./strips.ts";

/** Which of so many equal parts of an object, from its first triangles on. */
export interface Share {
  readonly at: number;
  readonly of: number;
}

/** What is drawn in one go: these objects or a share of each, on this strip of the picture or all over it. */
export interface Piece {
  readonly objects: ReadonlySet<Object3D>;
  readonly strip: Strip | null;
  readonly share: Share | null;
  /** Its vertices are what it costs. */
  readonly isHeavy: boolean;
}

/** From here on order tells: grounds, sky, glass, data over scenery. What is drawn before only hides and is hidden. */
const orderTells = 80;
/** Drawn again for each strip, more vertices than this would cost more than pixels do. */
const heavyVertices = 24_000;
/** The same where order does not tell: such objects are drawn before all strips, which then have less to do again. */
const heavyFirstVertices = 4000;
/** Vertices of a piece of heavy objects. */
const pieceVertices = 90_000;

const isDrawn = (object: Object3D): object is Mesh =>
  (object as Mesh).geometry !== undefined && (object as Mesh).material !== undefined;

const verticesOf = ({ geometry }: Mesh): number => {
  const all = geometry.index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  const own = Math.min(all, geometry.drawRange.count);
  const { instanceCount } = geometry as InstancedBufferGeometry;
  return (
    own * (instanceCount === undefined || instanceCount === Number.POSITIVE_INFINITY ? 1 : instanceCount)
  );
};

/** As three draws: what is opaque first, each by its order. */
const placeOf = (object: Object3D): number =>
  object.renderOrder + ((object as Mesh<never, Material>).material.transparent ? 1e6 : 0);

const isHeavy = (mesh: Mesh): boolean => {
  const { transparent, depthTest, depthWrite } = mesh.material as Material;
  const least = mesh.renderOrder < orderTells ? heavyFirstVertices : heavyVertices;
  return !transparent && depthTest && depthWrite && verticesOf(mesh) > least;
};

export interface Cut {
  /** Device pixels. */
  readonly heightPx: number;
  /** That all light objects together are drawn in. */
  readonly strips: readonly Strip[];
  /** Pieces that this heavy object is drawn in, by what it cost before. */
  readonly cutOf: (object: Object3D) => number;
  /** It is drawn by itself: with others it took too long. */
  readonly isAlone: (object: Object3D) => boolean;
}

/** True where a part of its triangles can be drawn: of all of it, or of those instances that the sieve has kept. */
const isShareable = (mesh: Mesh): boolean =>
  mesh.isMesh && (!("instanceCount" in mesh.geometry) || mesh.userData["sifts"] === true);

/** An object that takes long by itself: by its triangles, each drawn once, where that can be, else by strips. */
const cutOne = (mesh: Mesh, count: number, heightPx: number): readonly Piece[] => {
  const whole = { objects: new Set<Object3D>([mesh]), strip: null, share: null, isHeavy: true };
  if (count <= 1) return [whole];
  return isShareable(mesh)
    ? Array.from({ length: count }, (_, at) => ({ ...whole, share: { at, of: count } }))
    : stripsOf(heightPx, count).map((strip) => ({ ...whole, strip }));
};

/**
 * Cuts a picture into pieces that each cost about the same: objects of many vertices a few at a time, all over the
 * picture; the others together, a strip at a time. One after the other they make the same picture as at once.
 */
export const piecesOf = (root: Object3D, { heightPx, strips, cutOf, isAlone }: Cut): readonly Piece[] => {
  const drawn: Mesh[] = [];
  root.traverseVisible((object) => {
    if (isDrawn(object)) drawn.push(object);
  });
  drawn.sort((a, b) => placeOf(a) - placeOf(b));
  const pieces: Piece[] = [];
  let light = new Set<Object3D>();
  let heavy = new Set<Object3D>();
  let vertices = 0;
  const endHeavy = (): void => {
    if (heavy.size > 0) pieces.push({ objects: heavy, strip: null, share: null, isHeavy: true });
    heavy = new Set();
    vertices = 0;
  };
  const endLight = (): void => {
    if (light.size > 0)
      for (const strip of strips) pieces.push({ objects: light, strip, share: null, isHeavy: false });
    light = new Set();
  };
  const addHeavy = (mesh: Mesh): void => {
    const own = verticesOf(mesh);
    const count = cutOf(mesh);
    const isOwn = count > 1 || isAlone(mesh);
    if (vertices + own > pieceVertices || isOwn) endHeavy();
    if (isOwn) pieces.push(...cutOne(mesh, count, heightPx));
    else {
      heavy.add(mesh);
      vertices += own;
    }
  };
  const isFirst = (mesh: Mesh): boolean => mesh.renderOrder < orderTells && isHeavy(mesh);
  for (const mesh of drawn) if (isFirst(mesh)) addHeavy(mesh);
  endHeavy();
  for (const mesh of drawn) {
    if (isFirst(mesh)) continue;
    if (isHeavy(mesh)) {
      endLight();
      addHeavy(mesh);
    } else {
      endHeavy();
      light.add(mesh);
    }
  }
  endHeavy();
  endLight();
  return pieces;
};

/** Has only these objects drawn, until what is returned is called. */
export const onlyThese = (root: Object3D, objects: ReadonlySet<Object3D>): (() => void) => {
  const others: (readonly [object: Object3D, mask: number])[] = [];
  root.traverseVisible((object) => {
    if (!isDrawn(object) || objects.has(object)) return;
    others.push([object, object.layers.mask]);
    object.layers.mask = 0;
  });
  return () => {
    for (const [object, mask] of others) object.layers.mask = mask;
  };
};

/** A piece shall take no longer, ms: so long a hand may have to wait. */
const pieceMs = 80;
const light = { stripMs: pieceMs, fewest: 2, most: 24 };
/** Each share of an object is a draw of its own, with what that costs. */
const mostOfHeavy = 12;

/** Which piece comes next, and how finely the picture is cut: learned from how long the pieces of the last one took. */
export class PiecePace {
  readonly #strips = new StripCosts();
  #pieces: readonly Piece[] = [];
  #at = 0;
  /** What all strips of these objects took together, ms. */
  readonly #tookMs = new WeakMap<Object3D, number>();
  readonly #alone = new WeakSet<Object3D>();
  #spentMs = 0;

  get isUnderWay(): boolean {
    return this.#at < this.#pieces.length;
  }

  /** The one that is being drawn; null between pictures. */
  get piece(): Piece | null {
    return this.#pieces[this.#at] ?? null;
  }

  /** Cuts what is there by what the last picture taught. @param heightPx of the picture, device pixels */
  begin(root: Object3D, heightPx: number): void {
    const cutOf = (object: Object3D): number =>
      Math.min(mostOfHeavy, Math.round((this.#tookMs.get(object) ?? 0) / pieceMs));
    const strips = this.#strips.cut(heightPx, light);
    this.#pieces = piecesOf(root, { heightPx, strips, cutOf, isAlone: (object) => this.#alone.has(object) });
    this.#at = 0;
    this.#spentMs = 0;
    this.#strips.drop();
  }

  /** The piece was drawn. @param tookMs time it took @returns false when it was the last */
  next(tookMs: number): boolean {
    const { piece } = this;
    this.#at++;
    this.#spentMs += tookMs;
    if (piece && piece.objects !== this.piece?.objects) {
      // Several heavy objects that were drawn together are cheap enough together, or each by itself the next time.
      if (piece.isHeavy && piece.objects.size > 1 && this.#spentMs > pieceMs * 1.5)
        for (const object of piece.objects) this.#alone.add(object);
      const [only] = piece.isHeavy && piece.objects.size === 1 ? piece.objects : [];
      if (only) this.#tookMs.set(only, this.#spentMs);
      this.#spentMs = 0;
    }
    if (piece?.strip && !piece.isHeavy) this.#strips.add(piece.strip, tookMs);
    if (this.isUnderWay) return true;
    this.#strips.learn();
    this.end();
    return false;
  }

  end(): void {
    this.#pieces = [];
    this.#at = 0;
  }
}
