import type { FC, ReactNode } from "react";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { type Fact, type FactFigure, factFigures, type Twin } from "#twins/model/twin.ts";
import { GreenFigure } from "./GreenFigure.tsx";
import { InferenceFigure } from "./InferenceFigure.tsx";
import { PriceFigure } from "./PriceFigure.tsx";
import { Quoted } from "./Quoted.tsx";
import { ShareFigure } from "./ShareFigure.tsx";
import { StagesFigure } from "./StagesFigure.tsx";
import { SwingFigure } from "./SwingFigure.tsx";
import { TrendFigure } from "./TrendFigure.tsx";
import { WallsFigure } from "./WallsFigure.tsx";

const bodies: Readonly<Record<FactFigure, FC>> = {
  share: ShareFigure,
  trend: TrendFigure,
  green: GreenFigure,
  price: PriceFigure,
  stages: StagesFigure,
  inference: InferenceFigure,
  swing: SwingFigure,
  walls: WallsFigure,
};

/** Facts of a twin that a figure stands beside, in the twin's order. */
const factsOf = ({ facts }: Twin, figure: FactFigure): readonly Fact[] =>
  facts.filter((fact) => fact.figure === figure);

/** What the twin itself has beside published figures: each with the words it stands beside. */
export const Figures = () => {
  const t = useT();
  const { twin } = useServices();
  const shown = factFigures.filter((id) => factsOf(twin, id).length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="library-list" tabIndex={0} aria-label={t("library.page.figures")}>
      {shown.length === 0 && <p className="dim">{t("figures.none")}</p>}
      {shown.map((id) => {
        const Body = bodies[id];
        return (
          <Figure key={id} id={id}>
            <Body />
          </Figure>
        );
      })}
    </section>
  );
};

const Figure = ({ id, children }: { id: FactFigure; children: ReactNode }) => {
  const t = useT();
  const { twin } = useServices();
  return (
    <section className="figure" data-figure={id} aria-label={t(`figure.${id}`)}>
      <h3>{t(`figure.${id}`)}</h3>
      {children}
      {factsOf(twin, id).map((fact) => (
        <Quoted key={fact.id} fact={fact} />
      ))}
    </section>
  );
};
