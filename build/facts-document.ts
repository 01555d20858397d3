import { type Fact, factTopics, type Twin } from "#twins/model/twin.ts";

const topicNames: Readonly<Record<(typeof factTopics)[number] | "other", string>> = {
  region: "Region",
  compute: "Compute",
  campus: "Campus",
  energy: "Energy",
  dispatch: "Dispatch",
  ai: "AI in use",
  data: "Data exchange",
  policy: "Policy",
  climate: "Climate",
  other: "Other",
};

const head = `# Facts

Every published figure of the built-in campus, with its words, source, date and grade, and where it lives in the product. Made by
\`npm run facts\` from \`twins/horinger/facts.json\`; a test fails when it is stale. Do not edit it.

Grades: **A** regulator or operator primary · **B** state media, or operator quoted in the press · **C** trade press, reposts · **D** derived by us.
Press facts keep the article's words, character by character; site facts are paraphrased and say so. Where one is shown: always in the library of published
facts (key B) under its topic and in the inspector of its asset; besides, in the figure of the library's page _Beside the twin_, in the panel and
on the screen in the scene that are named. A quarantined figure is in no sum, no chart and no label.

`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const shownAt = ({ asset, figure, panel, screen, point }: Fact): string =>
  [
    ...(asset === undefined ? [] : [`\`${asset}\``]),
    ...(figure === undefined ? [] : [`figure _${figure}_`]),
    ...(panel === undefined ? [] : [`panel _${panel}_`]),
    ...(point === undefined ? [] : [`series _${point.series}_ (${point.scope.en})`]),
    ...(screen === undefined ? [] : [`screen _${screen}_`]),
  ].join(", ");

const row = (fact: Fact): string =>
  [
    `\`${fact.id}\``,
    `${fact.title.zh} / ${fact.title.en}`,
    fact.quote,
    `${fact.source}; ${fact.date}`,
    fact.grade,
    [
      ...(fact.quarantined ? ["**Quarantined.**"] : []),
      ...(fact.caveat ? [fact.caveat.zh, fact.caveat.en] : []),
    ].join(" "),
    shownAt(fact),
  ]
    .map(cell)
    .join(" | ");

/** docs/FACTS.md: all facts of a twin by topic. */
export const factsDocument = ({ facts }: Twin): string => {
  const groups = [...factTopics, "other" as const].map((topic) => ({
    topic,
    facts: facts.filter((fact) => (fact.topic ?? "other") === topic),
  }));
  const sections = groups
    .filter((group) => group.facts.length > 0)
    .map(
      (group) => `## ${topicNames[group.topic]}

| id | title | words | source; date | grade | caveat | where |
|---|---|---|---|---|---|---|
${group.facts.map((fact) => `| ${row(fact)} |`).join("\n")}
`,
    );
  return `${head}${facts.length} facts: ${facts.filter(({ kind }) => kind === "press").length} of the article, ${facts.filter(({ kind }) => kind === "site").length} from elsewhere.

${sections.join("\n")}`;
};
