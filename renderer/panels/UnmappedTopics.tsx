import { useDeferredValue, useState } from "react";
import { faultText } from "#renderer/i18n/faults.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { useFeed, useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteMoment } from "#renderer/ui/time.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";

const shownTopics = 200;

/** Topics that belong to no asset of this twin: listed, searchable, never guessed. */
export const UnmappedTopics = () => {
  const t = useT();
  const language = useLanguage();
  const { twin, feedMs } = useServices();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const params = wanted === "" ? { limit: shownTopics } : { limit: shownTopics, text: wanted };
  const when = { nowMs: feedMs(), utcOffsetMin: twin.site.utcOffsetMin };
  const { value, hasFailed } = useAnswer("unmapped.list", params, 2_000);
  const beyond = useFeed((feed) => feed.status?.announced?.beyond ?? 0);
  return (
    <>
      <div className="drawer-tools">
        <input
          type="search"
          className="filter"
          aria-label={t("unmapped.search")}
          placeholder={t("unmapped.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="dim">{t("unmapped.tip")}</span>
      </div>
      {hasFailed && <p className="note">{t("faults.failed")}</p>}
      {value && value.total === 0 && <p className="note">{t("unmapped.none")}</p>}
      {beyond > 0 && (
        <p className="note">{t("announced.beyond", { points: formatCount(beyond, language) })}</p>
      )}
      {value && value.total > 0 && value.topics.length === 0 && (
        <p className="note">{t("unmapped.noMatch", { text: wanted })}</p>
      )}
      {value?.topics.length === shownTopics && (
        <p className="note">{t("unmapped.first", { shown: shownTopics })}</p>
      )}
      {value && value.total > 0 && (
        <table className="table">
          <caption>{t("unmapped.total", { total: formatCount(value.total, language) })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("unmapped.topic")}</th>
              <th scope="col">{t("unmapped.reason")}</th>
              <th scope="col" className="number">
                {t("faults.count")}
              </th>
              <th scope="col">{t("faults.last")}</th>
            </tr>
          </thead>
          <tbody>
            {value.topics.map((topic) => (
              <tr key={topic.topic}>
                <th scope="row">
                  <code>{topic.topic}</code>
                </th>
                <td>
                  {faultText(language, topic.code).name}{" "}
                  <span className="dim" lang="en">
                    {topic.reason}
                  </span>
                </td>
                <td className="number">{formatCount(topic.count, language)}</td>
                <td className="nowrap">{formatSiteMoment(language, topic.lastMs, when)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
