import { problemText } from "#renderer/i18n/problems.ts";
import { noNumber } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import type { Problem } from "#twins/model/result.ts";

/** What was wrong in the twin's files: where, about which asset, and what to do. */
export const TwinProblems = () => {
  const t = useT();
  const { problems } = useServices().twin;
  if (problems.length === 0) return <p className="note">{t("problems.none")}</p>;
  return (
    <table className="table">
      <caption>{t("problems.intro")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("problems.file")}</th>
          <th scope="col" className="number">
            {t("problems.line")}
          </th>
          <th scope="col">{t("problems.asset")}</th>
          <th scope="col">{t("problems.message")}</th>
          <th scope="col">{t("problems.tip")}</th>
        </tr>
      </thead>
      <tbody>
        {problems.map((problem) => (
          <ProblemLine
            key={`${problem.file}:${problem.line}:${problem.asset}:${problem.message}`}
            problem={problem}
          />
        ))}
      </tbody>
    </table>
  );
};

const ProblemLine = ({ problem }: { problem: Problem }) => {
  const text = problemText(useLanguage(), problem.code);
  return (
    <tr>
      <td>
        <code>{problem.file ?? noNumber}</code>
      </td>
      <td className="number">{problem.line ?? noNumber}</td>
      <td>
        <code>{problem.asset ?? noNumber}</code>
      </td>
      <td>
        {text?.what}{" "}
        <span className="dim" lang="en">
          {problem.message}
        </span>
      </td>
      <td>{text?.tip ?? problem.tip}</td>
    </tr>
  );
};
