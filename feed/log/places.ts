import { siteId } from "#twins/model/assets.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

type TwinSeen = Pick<Twin, "table" | "rangeBelow" | "idOf">;

/** Where assets are counted: at their building, else their zone, else the site. */
export class Places {
  /** By place. */
  readonly ids: string[] = [siteId];
  readonly #twin: TwinSeen;
  readonly #byClass = new Map<ClassName, Int32Array>();
  /** First place of the zones, and of the buildings. */
  readonly #first: Readonly<Record<"zone" | "building", number>>;

  constructor(twin: TwinSeen) {
    this.#twin = twin;
    const add = (className: "zone" | "building"): number => {
      const first = this.ids.length;
      for (let row = 0; row < twin.table(className).count; row++)
        this.ids.push(twin.idOf({ className, row }));
      return first;
    };
    this.#first = { zone: add("zone"), building: add("building") };
  }

  /** Place of each asset of a class. Shape: rows. */
  of(className: ClassName): Int32Array {
    const known = this.#byClass.get(className);
    if (known) return known;
    const places = new Int32Array(this.#twin.table(className).count);
    for (const kind of ["zone", "building"] as const)
      for (let row = 0; row < this.#twin.table(kind).count; row++) {
        const range = this.#twin.rangeBelow({ className: kind, row }, className);
        if (range) places.fill(this.#first[kind] + row, ...range);
      }
    this.#byClass.set(className, places);
    return places;
  }
}
