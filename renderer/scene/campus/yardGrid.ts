import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
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

/** Outdoor plant by ground cell, so that a pick looks only at what its ray passes over. */
export class YardGrid {
  readonly #twin: Twin;
  readonly #cells = new Map<number, AssetRef[]>();
  #low = { x: Infinity, z: Infinity };
  #high = { x: -Infinity, z: -Infinity };

  constructor(twin: Twin) {
    this.#twin = twin;
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
  }

  #stand(ref: AssetRef): void {
    const { pose, size } = this.#twin.table(ref.className);
    this.#add(ref, pose[ref.row * 4]!, -pose[ref.row * 4 + 1]!, {
      reach: Math.hypot(size[ref.row * 3]!, size[ref.row * 3 + 1]!) / 2,
    });
  }

  /** Nearest outdoor asset nearer than `limit` that is not hidden, or null. */
  pick(ray: BoxRay, limit: number, isHidden: (ref: AssetRef) => boolean): Hit | null {
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
        const distance = ray.asset(this.#twin.table(candidate.className), candidate.row);
        if (distance < best && !isHidden(candidate)) {
          best = distance;
          ref = candidate;
        }
      }
    }
    return ref && { ref, distance: best };
  }

  #key(x: number, z: number): number {
    return Math.floor(x / cellM) * 65_536 + Math.floor(z / cellM);
  }

  /** Enters the asset in every cell it may be met in, its own and those its half diagonal reaches. */
  #add(ref: AssetRef, x: number, z: number, { reach }: { readonly reach: number }): void {
    const margin = reach + cellM / 2;
    for (let cx = Math.floor((x - margin) / cellM); cx <= Math.floor((x + margin) / cellM); cx++)
      for (let cz = Math.floor((z - margin) / cellM); cz <= Math.floor((z + margin) / cellM); cz++) {
        const key = cx * 65_536 + cz;
        const cell = this.#cells.get(key);
        if (cell) cell.push(ref);
        else this.#cells.set(key, [ref]);
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
