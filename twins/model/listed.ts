import type { Assets } from "./assets.ts";
import { siteId } from "./assets.ts";
import type { Ground } from "./ground.ts";
import type { Campus } from "./links.ts";
import { servedKind } from "./links.ts";
import type { ClassName } from "./metric.ts";
import { beyondReach, isBeyondReach } from "./plan.ts";
import type { Problem } from "./result.ts";
import type { ListedAsset, TwinProblemCode } from "./schema.ts";
import type { Pose } from "./table.ts";
import { placed } from "./table.ts";
import type { AssetRef } from "./twin.ts";
import { Stage } from "./twin.ts";

/** What a listed asset is where its line says nothing: it stands. All else that it does not say is NaN, not known. */
const unlessSaid: Readonly<Partial<Record<ClassName, Readonly<Record<string, number>>>>> = {
  zone: { notToScale: 0, enclosed: 0 },
  building: { stage: Stage.built, publishedStage: Stage.built },
  substation: { stage: Stage.built },
  transformer: { stage: Stage.built },
  generator: { stage: Stage.built },
  pvTable: { stage: Stage.built },
  windTurbine: { stage: Stage.built },
  battery: { stage: Stage.built },
  weatherStation: { stage: Stage.built },
  centre: { stage: Stage.built },
  portal: { stage: Stage.built },
};

/** Attributes of buildings that are counted from what stands in them. */
const counted: ReadonlySet<string> = new Set(["floors", "telemetered"]);

const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
const parentOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf("/")));

/** Assets that are written out one by one, as the tree that their ids make. */
export class AssetList {
  /** Children by the id of their parent, in the order of the files; zones below the empty id. */
  readonly #below = new Map<string, ListedAsset[]>();
  readonly #made: { readonly asset: ListedAsset; readonly ref: AssetRef }[] = [];
  readonly #problems: Problem[];
  readonly #ground: Ground;

  /** Assets without a parent, or with an id that is taken, become problems and are left out with all below them. */
  constructor(
    listed: readonly ListedAsset[],
    zones: readonly { readonly id: string }[],
    { problems, ground }: { readonly problems: Problem[]; readonly ground: Ground },
  ) {
    this.#problems = problems;
    this.#ground = ground;
    const first = new Map<string, ListedAsset>();
    const taken = new Set([...zones.map((zone) => zone.id), siteId, `${siteId}/sys`]);
    for (const asset of listed) {
      if (first.has(asset.id) || taken.has(asset.id))
        this.#report("twin-duplicate-id", asset, `${asset.id} is already taken`);
      else first.set(asset.id, asset);
    }
    for (const asset of first.values()) {
      const parent = parentOf(asset.id);
      const siblings = this.#below.get(parent);
      if (siblings) siblings.push(asset);
      else this.#below.set(parent, [asset]);
    }
    for (const asset of first.values()) {
      const parent = parentOf(asset.id);
      if (parent !== "" && parent !== siteId && !first.has(parent))
        this.#leaveOut("twin-parent-unknown", asset, `${parent} is in no asset list`);
    }
  }

  get zones(): readonly ListedAsset[] {
    return this.#below.get("") ?? [];
  }

  get racks(): number {
    let racks = 0;
    for (const siblings of this.#below.values())
      for (const { className } of siblings) if (className === "rack") racks++;
    return racks;
  }

  /** Adds the whole tree below the site, depth-first. */
  expand(assets: Assets, site: AssetRef): void {
    for (const id of [siteId, ""])
      for (const asset of this.#below.get(id) ?? [])
        this.#add(assets, asset, { ref: site, pose: [0, 0, 0, 0] });
    this.#leaveUnsaid(assets);
  }

  /** Links each asset to what it serves; called when every asset is there. */
  link({ assets, links }: Campus): void {
    for (const { asset, ref } of this.#made)
      for (const id of asset.serves) {
        const target = assets.find(id);
        if (target) links.add(servedKind(asset.className), ref, target);
        else this.#report("twin-link-unknown", asset, `serves: no asset ${id}`);
      }
  }

  #add(assets: Assets, asset: ListedAsset, parent: { readonly ref: AssetRef; readonly pose: Pose }): void {
    const { className, id } = asset;
    const pose = placed(parent.pose, asset.at, asset.yawDeg);
    if (isBeyondReach(pose)) {
      this.#leaveOut("twin-field-range", asset, beyondReach(id, pose));
      return;
    }
    const other = className === "building" ? this.#ground.claim(id, pose, asset.size) : undefined;
    if (other !== undefined) {
      this.#leaveOut("twin-overlap", asset, `${id} stands on the ground of ${other}`);
      return;
    }
    const ref = assets.addListed(className, id, {
      parent: parent.ref,
      segment: { prefix: nameOf(id), width: 0, name: asset.name },
      ordinal: 0,
      pose,
      size: asset.size,
    });
    this.#made.push({ asset, ref });
    const table = assets.table(className);
    for (const [name, value] of Object.entries(unlessSaid[className] ?? {})) table.set(ref.row, name, value);
    for (const child of this.#below.get(id) ?? []) this.#add(assets, child, { ref, pose });
    assets.close(ref);
    if (className === "building") {
      const count = (below: ClassName): number => {
        const [start, end] = assets.rangeBelow(ref, below) ?? [0, 0];
        return end - start;
      };
      table.set(ref.row, "floors", Math.max(1, count("floor")));
      table.set(ref.row, "telemetered", count("rack"));
    }
    for (const [name, value] of asset.attributes) table.set(ref.row, name, value);
  }

  /** Columns that other assets of its class have and this one does not speak of are not known of it. */
  #leaveUnsaid(assets: Assets): void {
    for (const { asset, ref } of this.#made) {
      const said = unlessSaid[asset.className] ?? {};
      for (const name of assets.table(asset.className).attributeNames)
        if (!(name in said) && !counted.has(name) && !asset.attributes.has(name))
          assets.table(asset.className).set(ref.row, name, Number.NaN);
    }
  }

  /** Reports an asset that is not expanded, and how many go with it. */
  #leaveOut(code: TwinProblemCode, asset: ListedAsset, message: string): void {
    const below = this.#countBelow(asset.id);
    this.#report(
      code,
      asset,
      below === 0 ? message : `${message}; what is below it (${below}) is left out too`,
    );
  }

  #countBelow(id: string): number {
    return (this.#below.get(id) ?? []).reduce((sum, child) => sum + 1 + this.#countBelow(child.id), 0);
  }

  #report(code: TwinProblemCode, asset: ListedAsset, message: string): void {
    const tip = "Correct this line; it is left out until then.";
    this.#problems.push({ code, message, tip, asset: asset.id, ...asset.origin });
  }
}
