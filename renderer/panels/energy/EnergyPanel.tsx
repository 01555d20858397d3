import { useMemo, useState } from "react";
import { energyReader } from "#renderer/data/energyFlow.ts";
import { FactCard } from "#renderer/panels/facts/FactCard.tsx";
import { EnergyKey, EnergyOrigin, Sankey } from "#renderer/ui/energy/Sankey.tsx";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { Explanation } from "./Explanation.tsx";

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
      <EnergyKey />
      <Explanation read={read} focus={focus} />
      <SceneKey />
      <Published />
    </section>
  );
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
