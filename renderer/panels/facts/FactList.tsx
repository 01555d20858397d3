import { useDeferredValue, useMemo, useState } from "react";
import { formatNumber } from "#renderer/ui/format.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { type Fact, type FactTopic, factTopics } from "#twins/model/twin.ts";
import { FactCard } from "./FactCard.tsx";

type Topic = FactTopic | "other";
const topics: readonly Topic[] = [...factTopics, "other"];

const topicOf = (fact: Fact): Topic => fact.topic ?? "other";

/** Words of a fact that a search looks through, in both languages whatever is shown. */
const wordsOf = (fact: Fact): string =>
  [
    fact.id,
    fact.title.zh,
    fact.title.en,
    fact.quote,
    fact.gloss ?? "",
    fact.source,
    fact.caveat?.zh ?? "",
    fact.caveat?.en ?? "",
  ]
    .join("\n")
    .toLowerCase();

/** All published facts by topic, with a search over their words. */
export const FactList = () => {
  const t = useT();
  const { twin } = useServices();
  const [topic, setTopic] = useState<Topic | null>(null);
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const words = useMemo(() => new Map(twin.facts.map((fact) => [fact.id, wordsOf(fact)])), [twin]);
  const found = twin.facts.filter(({ id }) => wanted === "" || words.get(id)!.includes(wanted));
  const groups = topics
    .map((each) => ({ topic: each, facts: found.filter((fact) => topicOf(fact) === each) }))
    .filter(({ facts, topic: each }) => facts.length > 0 && (topic === null || topic === each));
  const shown = groups.reduce((sum, { facts }) => sum + facts.length, 0);
  return (
    <>
      <div className="library-tools">
        <div className="library-search">
          <Icon name="search" />
          <input
            type="search"
            className="filter"
            autoComplete="off"
            aria-label={t("library.search")}
            placeholder={t("library.searchPlaceholder")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="dim" role="status">
            {t("library.count", { shown: formatNumber(shown), total: formatNumber(twin.facts.length) })}
          </span>
        </div>
        <TopicChips facts={found} topic={topic} onTopic={setTopic} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="library-list" tabIndex={0} aria-label={t("library.page.facts")}>
        <p className="dim library-intro">{t("library.intro")}</p>
        {shown === 0 && <p>{t("library.none", { text: text.trim() })}</p>}
        {groups.map((group) => (
          <section key={group.topic} className="fact-group" aria-label={t(`topic.${group.topic}`)}>
            <h3>{t(`topic.${group.topic}`)}</h3>
            {group.facts.map((fact) => (
              <FactCard key={fact.id} fact={fact} hasWays />
            ))}
          </section>
        ))}
      </section>
    </>
  );
};

interface TopicChipsProps {
  readonly facts: readonly Fact[];
  readonly topic: Topic | null;
  readonly onTopic: (topic: Topic | null) => void;
}

const TopicChips = ({ facts, topic, onTopic }: TopicChipsProps) => {
  const t = useT();
  const counts = Map.groupBy(facts, topicOf);
  return (
    <fieldset className="chips" aria-label={t("library.topics")}>
      <button type="button" aria-pressed={topic === null} onClick={() => onTopic(null)}>
        {t("library.all")}
      </button>
      {topics.map((each) => {
        const count = counts.get(each)?.length ?? 0;
        if (count === 0 && each !== topic) return null;
        return (
          <button
            key={each}
            type="button"
            aria-pressed={topic === each}
            onClick={() => onTopic(topic === each ? null : each)}
          >
            {t(`topic.${each}`)} <span className="dim">{formatNumber(count)}</span>
          </button>
        );
      })}
    </fieldset>
  );
};
