import { DataTexture, NearestFilter, RGBAFormat, UnsignedByteType } from "three";
import { ratingStep, slotKinds, slotsOf, slotVariants, variantOf } from "#twins/model/slots.ts";
import type { AssetTable } from "#twins/model/twin.ts";

/** Height units in a texture row; no rack is taller. */
export const slotColumns = 64;

/**
 * Layouts of racks (twins/model/slots.ts) for the shader. One texture row per layout, one texel per height unit from
 * the bottom: units below this one in its device, the device's height, its kind, a number that tells devices apart.
 */
export class SlotLayouts {
  readonly texture: DataTexture;
  readonly #layoutOf: Uint16Array;

  constructor(racks: AssetTable) {
    const rated = racks.attribute("ratedKw");
    const heights = racks.attribute("heightU");
    const liquid = racks.attribute("liquid");
    const occupied = racks.attribute("occupied");
    const first = new Map<string, number>();
    const rows: Uint8Array[] = [];
    this.#layoutOf = new Uint16Array(racks.count);
    for (let row = 0; row < racks.count; row++) {
      const fill = {
        heightU: Math.min(slotColumns, heights?.[row] || 42),
        ratedKw: ratingStep(rated?.[row] ?? 0),
        isLiquid: liquid?.[row] === 1,
        isOccupied: occupied?.[row] !== 0,
      };
      const key = `${fill.heightU} ${fill.ratedKw} ${fill.isLiquid} ${fill.isOccupied}`;
      if (!first.has(key)) {
        first.set(key, rows.length);
        for (let variant = 0; variant < slotVariants; variant++) rows.push(texelsOf({ ...fill, variant }));
      }
      this.#layoutOf[row] = first.get(key)! + variantOf(row);
    }
    const data = new Uint8Array(slotColumns * 4 * Math.max(1, rows.length));
    rows.forEach((texels, i) => {
      data.set(texels, i * slotColumns * 4);
    });
    this.texture = new DataTexture(data, slotColumns, Math.max(1, rows.length), RGBAFormat, UnsignedByteType);
    this.texture.minFilter = NearestFilter;
    this.texture.magFilter = NearestFilter;
    this.texture.needsUpdate = true;
  }

  /** Texture row of a rack's layout. */
  of(rack: number): number {
    return this.#layoutOf[rack]!;
  }
}

const texelsOf = (fill: Parameters<typeof slotsOf>[0]): Uint8Array => {
  const texels = new Uint8Array(slotColumns * 4);
  for (let u = 0; u < slotColumns; u++) texels.set([0, 1, 0, u < fill.heightU ? 0 : 255], u * 4);
  slotsOf(fill).forEach(({ fromU, heightU, kind }, device) => {
    for (let i = 0; i < heightU; i++)
      texels.set(
        [i, heightU, slotKinds.indexOf(kind), (device * 37 + fill.variant * 11) & 127],
        (fromU - 1 + i) * 4,
      );
  });
  return texels;
};
