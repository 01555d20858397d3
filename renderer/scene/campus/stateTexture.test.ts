import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockRows, type ClassState } from "#renderer/data/state.ts";
import { StateTexture } from "./stateTexture.ts";

const stateOf = (rows: number, columns: number): ClassState => ({
  className: "rack",
  rows,
  columns,
  value: Float32Array.from({ length: rows * columns }, (_, i) => (i * 37) % 1000),
  status: Uint8Array.from({ length: rows * columns }, (_, i) => i % 251),
  sampleTimeMs: new Float64Array(0),
  receivedTimeMs: new Float64Array(0),
  dirtyBlocks: new Uint8Array(Math.ceil(rows / blockRows)),
  version: 0,
});

/** Reads a cell where the shader's `readDatum` looks for it. */
const cellInTexture = (texture: StateTexture, row: number, column: number) => {
  const { width, height, data } = texture.values.image as {
    width: number;
    height: number;
    data: Uint16Array;
  };
  const block = row >> 10;
  const within = row & 1023;
  const x = (within & 31) * texture.texelsPerRow + (column >> 2);
  const y = (block % texture.blocksPerLayer) * 32 + (within >> 5);
  const layer = Math.floor(block / texture.blocksPerLayer);
  const at = ((layer * height + y) * width + x) * 4 + (column & 3);
  const half = new Float16Array(data.buffer)[at];
  return { value: half, status: (texture.status.image.data as Uint8Array)[at] };
};

const all = (columns: number): number[] => Array.from({ length: columns }, (_, i) => i);

const drain = (texture: StateTexture): number => {
  let spent = 0;
  while (texture.pending) spent += texture.flush(256 * 1024);
  return spent;
};

describe("state texture", () => {
  it("puts every chosen column where the shader reads it, whatever the columns and layers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.shuffledSubarray(all(14), { minLength: 1 }),
        fc.integer({ min: 1, max: 4 }),
        (rows, chosen, maxLayers) => {
          const state = stateOf(rows, 14);
          const texture = new StateTexture(state, chosen, maxLayers);
          drain(texture);
          expect(texture.values.image.depth).toBeLessThanOrEqual(maxLayers);
          for (const row of [0, rows >> 1, rows - 1])
            for (const [slot, column] of chosen.entries()) {
              const cell = row * 14 + column;
              expect(cellInTexture(texture, row, slot)).toEqual({
                value: Math.f16round(state.value[cell]!),
                status: state.status[cell],
              });
            }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("keeps to its budget, takes up where it stopped, and uploads each dirty block once", () => {
    const state = stateOf(40 * blockRows, 8);
    const texture = new StateTexture(state, all(8), 2048);
    expect(texture.layerBytes).toBe(24 * 1024);
    const first = texture.flush(256 * 1024);
    expect(first).toBeLessThanOrEqual(256 * 1024);
    expect(texture.values.layerUpdates.size).toBe(10);
    expect(first + drain(texture)).toBe(40 * texture.layerBytes);
    texture.values.clearLayerUpdates();
    state.dirtyBlocks[17] = 1;
    expect(texture.flush(256 * 1024)).toBe(texture.layerBytes);
    expect([...texture.values.layerUpdates]).toEqual([17]);
    expect(texture.pending).toBe(false);
  });

  it("makes progress even when one layer is larger than the budget", () => {
    const texture = new StateTexture(stateOf(3 * blockRows, 8), all(8), 1);
    expect(texture.flush(1)).toBe(texture.layerBytes);
    expect(texture.pending).toBe(false);
  });

  it("starts as never seen: nothing but zeros until a block is copied", () => {
    const texture = new StateTexture(stateOf(blockRows, 8), all(8), 2048);
    expect((texture.status.image.data as Uint8Array).every((byte) => byte === 0)).toBe(true);
    expect(texture.pending).toBe(true);
  });
});
