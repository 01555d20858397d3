import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openLog } from "./log.ts";
import { stateHash } from "./recording.fixture.ts";
import { cellValue } from "./state.ts";

/** Files of every format version that ever was stay readable: one is kept of each. */
const fixture = (name: string) => {
  const log = openLog([fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

test("format version 1", () => {
  const log = fixture("v1.mcap");
  expect(log.files[0]).toMatchObject({ product: "0.1.0", mended: null });
  expect([log.startMs, log.endMs]).toEqual([1_782_878_401_000, 1_782_878_425_000]);
  expect(JSON.parse(log.files[0]!.twin()!)).toEqual({ files: {}, racks: null });
  const state = log.stateAt(log.endMs)!;
  expect(stateHash(state.classes)).toBe(
    "bef3da6ba63464b2ddf9251711e3aba17996d73ae367f656980cd936bd8d0ac1,db6729a3588f067d3d8ae1a6000c771b9d306e59509cd39fd5df80a462d67f96",
  );
  const rack = state.classes[0]!;
  const known = [0, 1, 2, 3].map((column) => column * 12 + 3);
  expect(known.map((cell) => cellValue(rack, cell))).toEqual([21.3, 20.07, 21.1, 21.2]);
  expect(known.map((cell) => rack.receivedTimeMs[cell])).toEqual([
    1_782_878_423_475, 1_782_878_424_914, 1_782_878_412_089, 1_782_878_418_154,
  ]);
  expect(log.events(log.startMs, log.endMs)).toEqual([
    { timeMs: 1_782_878_413_000, code: "source", to: "live" },
  ]);
  log.close();
});
