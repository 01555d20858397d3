import { Fragment } from "react";
import { usePoint } from "#renderer/stores/points.ts";
import { OriginMark } from "#renderer/ui/Mark.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import type { AssetRef, Fact, Twin } from "#twins/model/twin.ts";

/** Published figures that the region is shown with, each in its own words and never added up (CAMPUS §1). */
const regionFigures = ["city-compute", "ai-share"] as const;

/** Words that a quotation itself puts in quotation marks: titles. */
const titlesIn = ({ quote }: Fact): readonly string[] =>
  [...quote.matchAll(/“([^”]+)”/g)].map(([, title]) => title!);

const useFact = (id: string): Fact | undefined => useServices().twin.facts.find((fact) => fact.id === id);

/** Over the region: the city's titles as published, and two published figures. Nothing where the twin has neither. */
export const RegionTitle = () => {
  const t = useT();
  const titles = useFact("city-titles");
  const { facts } = useServices().twin;
  const figures = oncePerSentence(regionFigures.flatMap((id) => facts.find((fact) => fact.id === id) ?? []));
  if (!titles && figures.length === 0) return null;
  return (
    <section className="glass region-title" aria-label={t("region.published")}>
      {titles && (
        <div className="region-badges" data-fact={titles.id}>
          {titlesIn(titles).map((title) => (
            <b key={title} lang="zh-CN" className="region-badge">
              {title}
            </b>
          ))}
          <Cited fact={titles} />
        </div>
      )}
      {figures.map((told) => (
        <PublishedFigure key={told[0]!.id} told={told} />
      ))}
    </section>
  );
};

/** Facts whose words stand in another's are told with it: one sentence is printed once. The longest first. */
const oncePerSentence = (facts: readonly Fact[]): readonly (readonly Fact[])[] => {
  const isWithin = (fact: Fact): boolean =>
    facts.some((other) => other !== fact && other.quote.includes(fact.quote));
  return facts
    .filter((fact) => !isWithin(fact))
    .map((fact) => [fact, ...facts.filter((other) => other !== fact && fact.quote.includes(other.quote))]);
};

const PublishedFigure = ({ told }: { told: readonly Fact[] }) => {
  const local = useLocal();
  const [fact] = told;
  if (!fact) return null;
  const caveats = told.flatMap(({ caveat }) => (caveat ? [local(caveat)] : []));
  return (
    <figure
      className="region-figure"
      data-fact={told.map(({ id }) => id).join(" ")}
      title={caveats.join("\n") || undefined}
    >
      {told.toReversed().map(({ id, title, quote }, i) => (
        <Fragment key={id}>
          <figcaption>{local(title)}</figcaption>
          <blockquote lang="zh-CN">{i === 0 ? quote : restOf(quote, told.slice(1))}</blockquote>
        </Fragment>
      ))}
      <Cited fact={fact} />
    </figure>
  );
};

/** What a sentence says beyond those that stand in it already, which are told before it: an ellipsis stands for them. */
const restOf = (quote: string, within: readonly Fact[]): string =>
  within.reduce((rest, other) => rest.replace(other.quote, "……"), quote);

/** Where a published figure comes from, in a line. */
const Cited = ({ fact }: { fact: Fact }) => {
  const t = useT();
  const language = useLanguage();
  return (
    <span className="region-cited" title={halfOf(fact.source, language)}>
      {t("region.cited", { grade: fact.grade, date: halfOf(fact.date, language) })}
    </span>
  );
};

/** The centre that the campus itself is: what it tells is of the same origin as what its links tell. */
const homeOf = (twin: Twin): AssetRef | null => {
  const row = twin.table("centre").attribute("roundTripMs")?.indexOf(0) ?? -1;
  return row < 0 ? null : { className: "centre", row };
};

const signs = ["ring", "grain", "dash", "round", "hub", "doubt"] as const;

/** What the diagram's signs mean, and that it is no map. */
export const RegionKey = () => {
  const t = useT();
  const { twin } = useServices();
  const { mapApproval } = twin;
  const idle = usePoint(homeOf(twin), "idleCompute");
  return (
    <div className="region-key">
      <p className="region-notice">
        <b>{t("region.notice")}</b>
        {idle && idle.value !== null && (
          <span className="region-origin">
            {t("region.values")} <OriginMark origin={idle.origin} />
          </span>
        )}
        <span>{t("region.approval", { number: mapApproval ?? "——" })}</span>
      </p>
      <ul>
        {signs.map((sign) => (
          <li key={sign}>
            <Sign of={sign} />
            {t(`region.sign.${sign}`)}
          </li>
        ))}
      </ul>
      <p className="region-note">{t("region.distances")}</p>
      <p className="region-note">{t("region.latencies")}</p>
      <p className="region-note">{t("region.grades")}</p>
    </div>
  );
};

const shapes: Readonly<Record<(typeof signs)[number], readonly string[]>> = {
  ring: ["M10 3a7 7 0 0 1 6.1 10.5", "M16.1 13.5A7 7 0 1 1 10 3"],
  grain: ["M1 10h18", "M5 10h.01M12 10h.01"],
  dash: ["M2 10h6", "M11 10h6"],
  round: ["M1 14C6 7 14 7 19 14", "M4 18C8 12 12 12 16 18"],
  hub: ["M10 6.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7", "M10 10h.01"],
  doubt: ["M1 10h3M7 10h3M13 10h3", ""],
};

const Sign = ({ of }: { of: (typeof signs)[number] }) => (
  <svg className="region-sign" data-sign={of} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
    {shapes[of].map((path, i) => (
      <Fragment key={path}>{path && <path d={path} data-part={i} />}</Fragment>
    ))}
  </svg>
);
