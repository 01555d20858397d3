import { openLibrary, showFact } from "#renderer/stores/library.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { Mark } from "#renderer/ui/Mark.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import type { Fact } from "#twins/model/twin.ts";

interface FactCardProps {
  readonly fact: Fact;
  /** Offers ways to where it is shown; left out where the card stands there already. */
  readonly hasWays?: boolean;
}

/** One published fact: the words as they were printed, what they say, where they come from, how far they can be trusted. */
export const FactCard = ({ fact, hasWays = false }: FactCardProps) => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  return (
    <figure className="fact" data-fact={fact.id} data-quarantined={fact.quarantined}>
      <figcaption className="fact-head">
        <span className="fact-title">{local(fact.title)}</span>
        <FactMarks fact={fact} />
      </figcaption>
      <blockquote lang="zh-CN">{fact.quote}</blockquote>
      {language === "en" && fact.gloss && (
        <p className="fact-gloss" title={t("facts.gloss")}>
          {fact.gloss} <span className="dim">({t("facts.gloss")})</span>
        </p>
      )}
      {fact.caveat && (
        <p className="fact-caveat">
          <b>{t("facts.caveat")}</b> {local(fact.caveat)}
        </p>
      )}
      <dl className="fact-foot">
        <div>
          <dt>{t("facts.source")}</dt>
          <dd lang={/\p{Script=Han}/u.test(halfOf(fact.source, language)) ? "zh-CN" : undefined}>
            {halfOf(fact.source, language)}
          </dd>
        </div>
        <div>
          <dt>{t("facts.date")}</dt>
          <dd>{halfOf(fact.date, language)}</dd>
        </div>
        <div>
          <dd>{t(`grade.${fact.grade}`)}</dd>
        </div>
      </dl>
      {hasWays && <FactWays fact={fact} />}
    </figure>
  );
};

/** What kind of figure it is, and what must not be done with it. */
const FactMarks = ({ fact }: { fact: Fact }) => {
  const t = useT();
  return (
    <span className="fact-marks">
      {fact.quarantined && <Mark text={t("published.quarantined")} />}
      {fact.grade === "D" ? <Mark text={t("facts.derived")} /> : <Mark text={t(`published.${fact.kind}`)} />}
      <span className="fact-grade" title={t(`grade.${fact.grade}`)} aria-hidden="true">
        {fact.grade}
      </span>
    </span>
  );
};

/** Ways from a fact into the product: the asset it is shown at, and what the twin has beside it. */
const FactWays = ({ fact }: { fact: Fact }) => {
  const t = useT();
  const local = useLocal();
  const { twin, view } = useServices();
  const asset = fact.asset === undefined ? undefined : twin.find(fact.asset);
  const { figure, panel } = fact;
  if (!asset && !figure && !panel) return null;
  return (
    <p className="fact-ways">
      {asset && (
        <button
          type="button"
          className="tool"
          title={t("facts.whereTip", { name: local(nameOf(twin, asset)) })}
          onClick={() => showFact(view, fact, asset)}
        >
          <Icon name="fly" size={14} />
          {t("facts.where")}
        </button>
      )}
      {panel && (
        <button
          type="button"
          className="tool"
          title={t("facts.panelTip")}
          onClick={() => view.setState({ [panel]: true })}
        >
          <Icon name={panel === "energy" ? "flow" : "network"} size={14} />
          {t(`${panel}.show`)}
        </button>
      )}
      {figure && (
        <button
          type="button"
          className="tool"
          title={t("facts.figureTip")}
          onClick={() => openLibrary(view, "figures", figure)}
        >
          <Icon name="trend" size={14} />
          {t("facts.figure")}
        </button>
      )}
    </p>
  );
};
