import { addTrend } from "#renderer/stores/trends.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices, useTrends, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { formatSpan } from "#renderer/ui/time.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { TrendFeed } from "./trendFeed.ts";
import { useTrendFact } from "./useTrendFeed.ts";

/** Title, how finely is drawn, and what to draw how. */
export const TrendHead = ({ feed }: { feed: TrendFeed }) => {
  const t = useT();
  const { trends } = useServices();
  const hasAny = useTrends(({ points }) => points.length > 0);
  return (
    <header className="panel-head trends-head">
      <h2 className="panel-title">{t("trends.title")}</h2>
      <State feed={feed} />
      <span className="status-space" />
      <Add />
      <LayoutChoice />
      <ScaleChoice />
      <button
        type="button"
        className="tool"
        disabled={!hasAny}
        onClick={() => trends.setState({ points: [] })}
      >
        {t("trends.clear")}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t("trends.close")}
        title={t("trends.close")}
        onClick={() => trends.setState({ isOpen: false })}
      >
        <Icon name="close" />
      </button>
    </header>
  );
};

/** What one drawn point stands for; that the recording is being read, or does not answer. */
const State = ({ feed }: { feed: TrendFeed }) => {
  const t = useT();
  const stepMs = useTrendFact(feed, ({ picture }) => picture?.stepMs ?? null);
  const hasFailed = useTrendFact(feed, (facts) => facts.hasFailed);
  const isFirst = useTrendFact(feed, ({ isBusy, picture }) => isBusy && !picture);
  if (hasFailed) return <span className="note">{t("trends.failed")}</span>;
  if (isFirst) return <span className="note">{t("trends.busy")}</span>;
  if (stepMs === null) return null;
  return (
    <span className="dim" title={t("trends.stepTip")}>
      {t("trends.step", { step: formatSpan(t, stepMs) })}
    </span>
  );
};

/** A value of the selected asset, for those who do not drag. */
const Add = () => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  const { trends, twin } = useServices();
  const selected = useView((view) => view.selected);
  const metrics = selected ? classSpec(selected.className).metrics : [];
  const label = selected
    ? t("trends.choose", { asset: local(nameOf(twin, selected)) })
    : t("trends.chooseNone");
  return (
    <select
      className="filter trends-add"
      aria-label={label}
      value=""
      disabled={metrics.length === 0}
      onChange={({ target }) => selected && addTrend(trends, { ...selected, metric: target.value })}
    >
      <option value="">{label}</option>
      {metrics.map(({ id, name }) => (
        <option key={id} value={id}>
          {name[language]}
        </option>
      ))}
    </select>
  );
};

/** One of two: the pressed one is in force. */
const Choice = <C extends string>(props: {
  label: string;
  tip: string;
  chosen: C;
  choices: readonly (readonly [choice: C, text: string])[];
  onChoose: (choice: C) => void;
}) => (
  <fieldset className="segments" aria-label={props.label} title={props.tip}>
    {props.choices.map(([choice, text]) => (
      <button
        key={choice}
        type="button"
        aria-pressed={choice === props.chosen}
        onClick={() => props.onChoose(choice)}
      >
        {text}
      </button>
    ))}
  </fieldset>
);

const LayoutChoice = () => {
  const t = useT();
  const { trends } = useServices();
  return (
    <Choice
      label={t("trends.layout")}
      tip={t("trends.layoutTip")}
      chosen={useTrends(({ layout }) => layout)}
      choices={[
        ["unit", t("trends.layout.unit")],
        ["each", t("trends.layout.each")],
      ]}
      onChoose={(layout) => trends.setState({ layout })}
    />
  );
};

const ScaleChoice = () => {
  const t = useT();
  const { trends } = useServices();
  return (
    <Choice
      label={t("trends.scale")}
      tip={t("trends.scaleTip")}
      chosen={useTrends(({ scale }) => scale)}
      choices={[
        ["auto", t("trends.scale.auto")],
        ["range", t("trends.scale.range")],
      ]}
      onChoose={(scale) => trends.setState({ scale })}
    />
  );
};
