import { useEffect, useMemo, useRef, useState } from "react";
import { type EnergyReading, energyReader } from "#renderer/data/energyFlow.ts";
import { FactCard } from "#renderer/panels/facts/FactCard.tsx";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { noNumber } from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { originNames } from "#twins/model/quality.ts";
import { Explanation } from "./Explanation.tsx";
import { powerText } from "./powerText.ts";
import { SankeyView, type SankeyWords } from "./sankeyView.ts";

/** Values are looked at this often, ms. */
const periodMs = 250;
/** Published figures that stand beside the flows: never added to them, nor to each other. */
const shownFacts = [
  "wind-solar-storage",
  "site-green-project",
  "site-green-reality",
  "green-project",
  "price",
];

/** Power of the campus now, from where it comes to where it goes; ribbons in the scene show the same. */
export const EnergyPanel = () => (useView(({ energy }) => energy) ? <Panel /> : null);

const Panel = () => {
  const t = useT();
  const { view, campus } = useServices();
  const read = useMemo(() => energyReader(campus), [campus]);
  const [focus, setFocus] = useState<string | null>(null);
  useFocusReturn();
  return (
    <section
      className="glass energy-panel"
      aria-label={t("energy.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        view.setState({ energy: false });
      }}
    >
      <header className="panel-head">
        <h2 className="panel-title">
          {t("energy.title")} <EnergyOrigin read={read} />
        </h2>
        <span className="note">{t("energy.now")}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={t("energy.close")}
          title={t("energy.close")}
          onClick={() => view.setState({ energy: false })}
        >
          <Icon name="close" />
        </button>
      </header>
      <Sankey read={read} onFocus={setFocus} />
      <ul className="energy-key" aria-label={t("energy.key")}>
        <li data-swatch="measured">{t("energy.measured")}</li>
        <li data-swatch="share">{t("energy.share")}</li>
        <li data-swatch="rest">{t("energy.rest")}</li>
        <li data-swatch="gap">{t("energy.gap")}</li>
      </ul>
      <Explanation read={read} focus={focus} />
      <SceneKey />
      <Published />
    </section>
  );
};

interface ReadProps {
  readonly read: () => EnergyReading;
}

/** Where the numbers come from, where that needs a word. Looked at as often as they are. */
const EnergyOrigin = ({ read }: ReadProps) => {
  const [origin, setOrigin] = useState(() => read().balance.origin);
  useEffect(() => {
    const timer = setInterval(() => setOrigin(read().balance.origin), periodMs);
    return () => clearInterval(timer);
  }, [read]);
  return <OriginMark origin={originNames[origin] ?? "derived"} />;
};

const Sankey = ({ read, onFocus }: ReadProps & { readonly onFocus: (key: string | null) => void }) => {
  const t = useT();
  const language = useLanguage();
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (!svg.current) return;
    svg.current.replaceChildren(hatch());
    const drawing = new SankeyView(svg.current, onFocus);
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
  }, [read, t, onFocus]);
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

/** What the marks of this view mean in the scene. */
const SceneKey = () => {
  const t = useT();
  return (
    <details className="energy-scene-key" open>
      <summary>{t("energy.scene")}</summary>
      <dl>
        <div>
          <dt>{t("energy.scene.charge")}</dt>
          <dd>
            <span className="energy-gauge" role="img" aria-label={t("energy.scene.chargeText")} />
            <span>{t("energy.scene.chargeText")}</span>
          </dd>
        </div>
        <div>
          <dt>{t("energy.scene.ribbon")}</dt>
          <dd>{t("energy.scene.ribbonText")}</dd>
        </div>
        <div>
          <dt>{t("subject.edge")}</dt>
          <dd>{t("subject.edgeText")}</dd>
        </div>
        <div>
          <dt>{t("energy.scene.line")}</dt>
          <dd>{t("energy.scene.lineText")}</dd>
        </div>
        <div>
          <dt>{t("energy.scene.dust")}</dt>
          <dd>{t("energy.scene.dustText")}</dd>
        </div>
      </dl>
    </details>
  );
};

/** What was published about the campus' energy, each by itself; folded, for the flows are what is looked at. */
const Published = () => {
  const t = useT();
  const { twin } = useServices();
  const facts = shownFacts.flatMap((id) => twin.facts.find((fact) => fact.id === id) ?? []);
  if (facts.length === 0) return null;
  return (
    <details className="energy-facts">
      <summary>{t("energy.published", { count: facts.length })}</summary>
      <p className="energy-reality">{t("energy.reality")}</p>
      {facts.map((fact) => (
        <FactCard key={fact.id} fact={fact} />
      ))}
    </details>
  );
};
