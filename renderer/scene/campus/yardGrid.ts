import { lowEdgeM, tiltOf } from "#renderer/scene/energy/pvTables.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { KitShapes, Piece } from "./kitShape.ts";
import { type Box, boxOf } from "./layout.ts";
import type { BoxRay } from "./rayBox.ts";
import { cabinetClasses, yardPlant } from "./yard.ts";

const outdoorClasses = [
  "coolingTower",
  "chiller",
  "pump",
  "generator",
  "transformer",
  "battery",
  "pvTable",
  "windTurbine",
  "weatherStation",
  "portal",
] as const satisfies readonly ClassName[];

const cellM = 64;
/** Nothing outdoors stands higher, m. */
const ceilingM = 130;

export interface Hit {
  readonly ref: AssetRef;
  readonly distance: number;
}

/** One body that a ray can meet: an asset, or a part of it that is drawn apart. */
interface Standing {
  readonly ref: AssetRef;
  /** How it is drawn, where it is a kit: that tells what takes it away. */
  readonly piece: Piece | undefined;
  /** Sphere that holds all of it, m. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly distance: (ray: BoxRay) => number;
}

/** Outdoor plant by ground cell, so that a pick looks only at what its ray passes over. */
export class YardGrid {
  readonly #twin: Twin;
  readonly #shapes: KitShapes;
  readonly #cells = new Map<number, Standing[]>();
  /** Pieces that stand already. */
  readonly #stood = new Set<readonly Piece[]>();
  #low = { x: Infinity, z: Infinity };
  #high = { x: -Infinity, z: -Infinity };

  constructor(twin: Twin, shapes: KitShapes) {
    this.#twin = twin;
    this.#shapes = shapes;
    // Hubs are points of the region's diagram and stand nowhere on the campus.
    const isHub = twin.table("portal").attribute("hub");
    for (const className of outdoorClasses)
      for (let row = 0; row < twin.table(className).count; row++) {
        if (className === "portal" && isHub?.[row] === 1) continue;
        if (twin.parentOf({ className, row })?.className !== "room") this.#stand({ className, row });
      }
    const { ofZones, ofBuildings } = yardPlant(
      twin,
      cabinetClasses.filter((className) => !(outdoorClasses as readonly ClassName[]).includes(className)),
    );
    for (const ref of [...[...ofZones.values()].flat(), ...ofBuildings]) this.#stand(ref);
    // And all else that is drawn as a kit: units on façades, which belong to rooms, and what stands for a building.
    for (const ref of shapes.assets()) this.#stand(ref);
  }

  #stand(ref: AssetRef): void {
    const pieces = this.#shapes.of(ref);
    if (this.#stood.has(pieces)) return;
    if (pieces.length > 0) this.#stood.add(pieces);
    for (const piece of pieces)
      this.#put({ ref, piece, distance: (ray) => piece.shape.distance(ray, piece.box) }, piece.box);
    if (pieces.length === 0 || ref.className === "pvTable")
      this.#put(
        { ref, piece: undefined, distance: this.#meter(ref) },
        boxOf(this.#twin.table(ref.className), ref.row),
      );
  }

  #put(body: Pick<Standing, "ref" | "piece" | "distance">, { x, y, z, width, height, depth }: Box): void {
    // Kits may reach a little out of their box, and slopes above it.
    const radius = Math.hypot(width, depth, height) * 0.75 + 1;
    this.#add({ ...body, x, y: y + height / 2, z, radius }, x, z, { reach: Math.hypot(width, depth) / 2 });
  }

  /** How a ray's distance to an asset is found that is no kit. */
  #meter(ref: AssetRef): Standing["distance"] {
    const table = this.#twin.table(ref.className);
    if (ref.className !== "pvTable") return (ray) => ray.asset(table, ref.row);
    const box = boxOf(table, ref.row);
    const rise = Math.tan(tiltOf(this.#twin, ref.row));
    return (ray) => ray.slope(box, lowEdgeM, rise);
  }

  /** Nearest outdoor asset nearer than `limit` that is not hidden, or null. */
  pick(ray: BoxRay, limit: number, isHidden: (piece: Piece) => boolean): Hit | null {
    const [start, end] = this.#span(ray, limit);
    let ref: AssetRef | null = null;
    let best = limit;
    const step = cellM / 2 / Math.max(Math.hypot(ray.dx, ray.dz), 1e-6);
    let last = Number.NaN;
    for (let t = start; t <= end + step && best > t - step * 2; t += step) {
      const key = this.#key(ray.ox + ray.dx * t, ray.oz + ray.dz * t);
      if (key === last) continue;
      last = key;
      const cell = this.#cells.get(key);
      if (!cell) continue;
      for (let i = 0; i < cell.length; i++) {
        const candidate = cell[i]!;
        if (!ray.mayMeet(candidate.x, candidate.y, candidate.z, candidate.radius)) continue;
        const distance = candidate.distance(ray);
        if (distance < best && !(candidate.piece && isHidden(candidate.piece))) {
          best = distance;
          ref = candidate.ref;
        }
      }
    }
    return ref && { ref, distance: best };
  }

  #key(x: number, z: number): number {
    return Math.floor(x / cellM) * 65_536 + Math.floor(z / cellM);
  }

  /** Enters the asset in every cell it may be met in, its own and those its half diagonal reaches. */
  #add(standing: Standing, x: number, z: number, { reach }: { readonly reach: number }): void {
    const margin = reach + cellM / 2;
    for (let cx = Math.floor((x - margin) / cellM); cx <= Math.floor((x + margin) / cellM); cx++)
      for (let cz = Math.floor((z - margin) / cellM); cz <= Math.floor((z + margin) / cellM); cz++) {
        const key = cx * 65_536 + cz;
        const cell = this.#cells.get(key);
        if (cell) cell.push(standing);
        else this.#cells.set(key, [standing]);
      }
    this.#low = { x: Math.min(this.#low.x, x - reach), z: Math.min(this.#low.z, z - reach) };
    this.#high = { x: Math.max(this.#high.x, x + reach), z: Math.max(this.#high.z, z + reach) };
  }

  /** Part of the ray above the yards and under the ceiling; empty when it misses them. */
  #span(ray: BoxRay, limit: number): readonly [number, number] {
    let near = 0;
    let far = Math.min(limit, 20_000);
    const clip = (origin: number, direction: number, [low, high]: readonly [number, number]): void => {
      if (Math.abs(direction) < 1e-12) {
        if (origin < low || origin > high) far = -1;
        return;
      }
      const a = (low - origin) / direction;
      const b = (high - origin) / direction;
      near = Math.max(near, Math.min(a, b));
      far = Math.min(far, Math.max(a, b));
    };
    clip(ray.oy, ray.dy, [-1, ceilingM]);
    clip(ray.ox, ray.dx, [this.#low.x, this.#high.x]);
    clip(ray.oz, ray.dz, [this.#low.z, this.#high.z]);
    return near <= far ? [near, far] : [0, -Infinity];
  }
}
