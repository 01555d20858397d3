import { useEffect, useRef, useState } from "react";
import type { EnergyReading } from "#renderer/data/energyFlow.ts";
import { noNumber } from "#renderer/ui/format.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { originNames } from "#twins/model/quality.ts";
import { powerText } from "./powerText.ts";
import type { SankeySize } from "./sankeyLayout.ts";
import { SankeyView, type SankeyWords } from "./sankeyView.ts";

/** Values are looked at this often, ms. */
const periodMs = 250;

interface ReadProps {
  readonly read: () => EnergyReading;
}

/** Where the numbers come from, where that needs a word. Looked at as often as they are. */
export const EnergyOrigin = ({ read }: ReadProps) => {
  const [origin, setOrigin] = useState(() => read().balance.origin);
  useEffect(() => {
    const timer = setInterval(() => setOrigin(read().balance.origin), periodMs);
    return () => clearInterval(timer);
  }, [read]);
  return <OriginMark origin={originNames[origin] ?? "derived"} />;
};

interface SankeyProps extends ReadProps {
  /** Hears which band is pointed at; absent where nobody points. */
  readonly onFocus?: (key: string | null) => void;
  readonly size?: SankeySize;
}

/** The balance as a drawing, looked at four times a second; React never sees a value. */
export const Sankey = ({ read, onFocus, size }: SankeyProps) => {
  const t = useT();
  const language = useLanguage();
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (!svg.current) return;
    svg.current.replaceChildren(hatch());
    const drawing = new SankeyView(svg.current, onFocus ?? null, size);
    const words: SankeyWords = {
      name: (id) => t(`energy.end.${id}`),
      power: powerText,
      label: (key) => labelOf(t, key),
      bus: t("energy.bus"),
      noValue: noNumber,
    };
    let shown: EnergyReading | undefined;
    const draw = (): void => {
      const now = read();
      if (now === shown) return;
      shown = now;
      drawing.draw(now.balance, words);
    };
    draw();
    const timer = setInterval(draw, periodMs);
    return () => clearInterval(timer);
  }, [read, t, onFocus, size]);
  return (
    <figure
      className="sankey-figure"
      aria-label={t("energy.sankey")}
      lang={language === "zh" ? "zh-CN" : "en"}
    >
      <svg ref={svg} className="sankey" />
    </figure>
  );
};

const labelOf = (t: ReturnType<typeof useT>, key: string): string => {
  const [kind = "", ends = ""] = key.split(":");
  const [from = "", to = ""] = ends.split(">");
  const name = (id: string): string => t(`energy.end.${id}` as "energy.end.grid");
  if (kind === "share") return t("energy.label.share", { from: name(from), to: name(to) });
  return t(kind === "in" ? "energy.label.in" : "energy.label.out", { name: name(from) });
};

/** Hatching for what has no number and for what nobody measures. */
const hatch = (): SVGElement => {
  const ns = "http://www.w3.org/2000/svg";
  const defs = document.createElementNS(ns, "defs");
  for (const [id, turn] of [
    ["energy-gap", -45],
    ["energy-rest", 45],
  ] as const) {
    const pattern = document.createElementNS(ns, "pattern");
    for (const [name, value] of Object.entries({
      id,
      width: 6,
      height: 6,
      patternUnits: "userSpaceOnUse",
      patternTransform: `rotate(${turn})`,
    }))
      pattern.setAttribute(name, String(value));
    const line = document.createElementNS(ns, "rect");
    for (const [name, value] of Object.entries({ width: 2, height: 6, class: "sankey-hatch" }))
      line.setAttribute(name, String(value));
    pattern.append(line);
    defs.append(pattern);
  }
  return defs;
};

/** What edges and hatching say. */
export const EnergyKey = () => {
  const t = useT();
  return (
    <ul className="energy-key" aria-label={t("energy.key")}>
      <li data-swatch="measured">{t("energy.measured")}</li>
      <li data-swatch="share">{t("energy.share")}</li>
      <li data-swatch="rest">{t("energy.rest")}</li>
      <li data-swatch="gap">{t("energy.gap")}</li>
    </ul>
  );
};
