import { useEffect, useState } from "react";
import type { EnergyReading } from "#renderer/data/energyFlow.ts";
import type { Translate } from "#renderer/i18n/translate.ts";
import { powerText } from "#renderer/ui/energy/powerText.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { useT } from "#renderer/ui/text.ts";
import type { EnergyBalance, FlowRole, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";

const endOf = ({ supplies, uses }: EnergyBalance, id: string) =>
  supplies.find((end) => end.id === id) ?? uses.find((end) => end.id === id);

/** Which meters a number is from and whether all of them can be used. */
const metersText = (t: Translate, { meters, sums }: EnergyReading, role: FlowRole): string => {
  const count = meters[role].length;
  const { usable } = sums[role];
  if (usable < count) return t("energy.why.metersMissing", { count, missing: count - usable });
  return t("energy.why.meters", { count });
};

/** An edge in words: its number, its meters or its rule. */
export const explain = (t: Translate, reading: EnergyReading, key: string): string => {
  const [kind = "", ends = ""] = key.split(":");
  const name = (id: string): string => t(`energy.end.${id as SupplyId | UseId}`);
  if (kind === "share") {
    const [from = "", to = ""] = ends.split(">");
    const share = reading.balance.shares.find((each) => each.from === from && each.to === to);
    const source = endOf(reading.balance, from);
    if (!share || !source) return t("energy.why.nothing");
    return t("energy.why.share", {
      from: name(from),
      to: name(to),
      power: powerText(share.kw),
      percent: formatNumber((100 * share.kw) / Math.max(source.kw, 1e-9), 1),
      total: powerText(reading.balance.totalKw),
    });
  }
  const end = endOf(reading.balance, ends);
  if (!end) return t("energy.why.nothing");
  if (end.id === "unmetered") return t("energy.why.unmetered", { power: powerText(end.kw) });
  if (end.id === "surplus") return t("energy.why.surplus", { power: powerText(end.kw) });
  const meters = end.role === null ? "" : metersText(t, reading, end.role);
  return t("energy.why.measured", { name: name(ends), power: powerText(end.kw), meters });
};

/** What the edge looked at is made of; without one, how to read the drawing. Looked at four times a second. */
export const Explanation = (props: { readonly read: () => EnergyReading; readonly focus: string | null }) => {
  const { read, focus } = props;
  const t = useT();
  const textNow = (): string => {
    const reading = read();
    if (focus !== null) return explain(t, reading, focus);
    const { gaps } = reading.balance;
    if (gaps.length === 0) return t("energy.rule");
    return t("energy.gaps", { names: gaps.map((role) => t(`energy.end.${role}`)).join(t("energy.join")) });
  };
  const [text, setText] = useState(textNow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text of a moment follows from these three alone
  useEffect(() => {
    const look = (): void => setText(textNow());
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [read, focus, t]);
  return (
    <p className="energy-why" aria-live="off">
      {text}
    </p>
  );
};
