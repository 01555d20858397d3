import { expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { slotKinds, slotsOf, variantOf } from "#twins/model/slots.ts";
import { SlotLayouts, slotColumns } from "./slotTexture.ts";

it("draws the devices that the rack card tells of", () => {
  const racks = campusTwin(4_000).table("rack");
  const layouts = new SlotLayouts(racks);
  const texels = layouts.texture.image.data as Uint8Array;
  const empty = Array.from({ length: racks.count }, (_, row) => row).filter(
    (row) => racks.attribute("occupied")![row] === 0,
  );
  expect(empty.length).toBeGreaterThan(0);
  for (const row of [0, 7, 311, racks.count - 1, empty[0]!]) {
    const drawn = Array.from({ length: slotColumns }, (_, u) => {
      const at = (layouts.of(row) * slotColumns + u) * 4;
      return { offset: texels[at]!, heightU: texels[at + 1]!, kind: slotKinds[texels[at + 2]!]!, u: u + 1 };
    }).filter(({ kind, offset }) => kind !== "blank" && offset === 0);
    const told = slotsOf({
      heightU: racks.attribute("heightU")![row]!,
      ratedKw: racks.attribute("ratedKw")![row]!,
      isLiquid: racks.attribute("liquid")![row] === 1,
      isOccupied: racks.attribute("occupied")![row] !== 0,
      variant: variantOf(row),
    });
    expect(drawn.map(({ u, heightU, kind }) => ({ fromU: u, heightU, kind }))).toEqual(told);
  }
});
