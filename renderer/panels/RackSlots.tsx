import { useMemo } from "react";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { type Slot, type SlotKind, slotsOf, variantOf } from "#twins/model/slots.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { Pair, Pairs, Section } from "./Section.tsx";

type GroupName = "slots.servers" | "slots.switches" | "slots.power";

const groups: readonly (readonly [name: GroupName, kinds: readonly SlotKind[]])[] = [
  ["slots.servers", ["server"]],
  ["slots.switches", ["switch", "patch"]],
  ["slots.power", ["powerShelf"]],
];

const slotsOfRack = (
  twin: Twin,
  row: number,
): { readonly heightU: number; readonly slots: readonly Slot[] } => {
  const table = twin.table("rack");
  const heightU = table.attribute("heightU")?.[row] || 42;
  const slots = slotsOf({
    heightU,
    ratedKw: table.attribute("ratedKw")?.[row] ?? 0,
    isLiquid: table.attribute("liquid")?.[row] === 1,
    isOccupied: table.attribute("occupied")?.[row] !== 0,
    variant: variantOf(row),
  });
  return { heightU, slots };
};

/** Devices by height, tallest first. */
const byHeight = (slots: readonly Slot[]): [heightU: number, count: number][] =>
  [...Map.groupBy(slots, ({ heightU }) => heightU)]
    .map(([heightU, same]): [number, number] => [heightU, same.length])
    .sort(([a], [b]) => b - a);

/** What a rack is drawn to hold, and that nobody measured it. */
export const RackSlots = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const { twin } = useServices();
  const isRack = asset.className === "rack";
  const { heightU, slots } = useMemo(
    () => (isRack ? slotsOfRack(twin, asset.row) : { heightU: 0, slots: [] }),
    [twin, asset.row, isRack],
  );
  if (!isRack) return null;
  const used = slots.reduce((sum, slot) => sum + slot.heightU, 0);
  return (
    <Section title={t("slots.title")}>
      {slots.length === 0 ? (
        <p className="note">{t("slots.empty")}</p>
      ) : (
        <Pairs>
          {groups.map(([name, kinds]) => {
            const same = slots.filter(({ kind }) => kinds.includes(kind));
            if (same.length === 0) return null;
            return (
              <Pair key={name} name={t(name)}>
                {byHeight(same).map(([height, count]) => (
                  <span key={height} className="slot-count">
                    {t("slots.line", { count, height })}
                  </span>
                ))}
              </Pair>
            );
          })}
          <Pair name={t("slots.free")}>{t("slots.units", { used: heightU - used, all: heightU })}</Pair>
        </Pairs>
      )}
      <p className="note">{t("slots.note")}</p>
    </Section>
  );
};
