import {
  DataArrayTexture,
  HalfFloatType,
  NearestFilter,
  RGBAFormat,
  type TextureDataType,
  UnsignedByteType,
} from "three";
import { blockRows, type ClassState } from "#renderer/data/state.ts";

/** Rows of a block lie side by side 32 to a texture row, so a block is 32 texture rows high. */
const rowsAcross = 32;

const arrayTexture = (
  data: Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
  [width, height, depth]: readonly [number, number, number],
  type: TextureDataType,
): DataArrayTexture => {
  const texture = new DataArrayTexture(data, width, height, depth);
  texture.format = RGBAFormat;
  texture.type = type;
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  texture.generateMipmaps = false;
  return texture;
};

/**
 * Latest values of one class on the GPU, the columns that heat maps show and no others: half floats, four columns to
 * an RGBA texel, and beside them the status bytes.
 * A layer holds one block of 1,024 rows, or several where the device has fewer layers than the class has blocks.
 * Only dirty layers are uploaded. A half float keeps 11 bits: less than one legend step of every heat map.
 */
export class StateTexture {
  readonly values: DataArrayTexture;
  readonly status: DataArrayTexture;
  /** Bytes one layer costs to upload, values and status together. */
  readonly layerBytes: number;
  /** x: texels per row, y: blocks per layer; what the shader needs to find a row. */
  readonly texelsPerRow: number;
  readonly blocksPerLayer: number;

  readonly #state: ClassState;
  readonly #half: Float16Array<ArrayBuffer>;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #blocks: number;
  /** Column of the class behind each column of the texture. */
  readonly #columns: readonly number[];
  #nextBlock = 0;

  /** @param columns of the class, in the order in which the shader addresses them. */
  constructor(state: ClassState, columns: readonly number[], maxLayers: number) {
    this.#state = state;
    this.#columns = columns;
    this.#blocks = Math.max(1, Math.ceil(state.rows / blockRows));
    this.texelsPerRow = Math.max(1, Math.ceil(columns.length / 4));
    this.blocksPerLayer = Math.ceil(this.#blocks / maxLayers);
    const layers = Math.ceil(this.#blocks / this.blocksPerLayer);
    const size = [
      rowsAcross * this.texelsPerRow,
      (blockRows / rowsAcross) * this.blocksPerLayer,
      layers,
    ] as const;
    const cells = size[0] * size[1] * 4;
    const bits = new Uint16Array(cells * layers);
    this.#half = new Float16Array(bits.buffer);
    this.#bytes = new Uint8Array(cells * layers);
    this.layerBytes = cells * 3;
    this.values = arrayTexture(bits, size, HalfFloatType);
    this.status = arrayTexture(this.#bytes, size, UnsignedByteType);
    // With a layer flagged, three uploads that layer only; the rest starts as zeros, which read as "never seen".
    this.#flag(0);
    state.dirtyBlocks.fill(1);
  }

  /** True while blocks wait for upload. */
  get pending(): boolean {
    return this.#state.dirtyBlocks.indexOf(1) >= 0;
  }

  /**
   * Copies dirty blocks and flags their layers until `budget` bytes are spent; at least one, so it always ends.
   * @returns bytes that the next draw will upload.
   */
  flush(budget: number): number {
    const dirty = this.#state.dirtyBlocks;
    let spent = 0;
    let block = dirty.indexOf(1, this.#nextBlock);
    if (block < 0) block = dirty.indexOf(1);
    while (block >= 0 && (spent === 0 || spent + this.layerBytes <= budget)) {
      const layer = Math.floor(block / this.blocksPerLayer);
      const end = Math.min(this.#blocks, (layer + 1) * this.blocksPerLayer);
      for (let b = layer * this.blocksPerLayer; b < end; b++) {
        if (dirty[b] === 1) this.#copy(b);
        dirty[b] = 0;
      }
      this.#flag(layer);
      spent += this.layerBytes;
      this.#nextBlock = end;
      block = dirty.indexOf(1, end);
      if (block < 0) block = dirty.indexOf(1);
    }
    return spent;
  }

  dispose(): void {
    this.values.dispose();
    this.status.dispose();
  }

  #flag(layer: number): void {
    this.values.addLayerUpdate(layer);
    this.values.needsUpdate = true;
    this.status.addLayerUpdate(layer);
    this.status.needsUpdate = true;
  }

  #copy(block: number): void {
    const { value, status, columns, rows } = this.#state;
    const half = this.#half;
    const bytes = this.#bytes;
    const stride = this.texelsPerRow * 4;
    const first = block * blockRows;
    const last = Math.min(rows, first + blockRows);
    for (let slot = 0; slot < this.#columns.length; slot++) {
      const column = this.#columns[slot]!;
      for (let row = first; row < last; row++) half[row * stride + slot] = value[row * columns + column]!;
      for (let row = first; row < last; row++) bytes[row * stride + slot] = status[row * columns + column]!;
    }
  }
}
