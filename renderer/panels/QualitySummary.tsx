import type { ReactNode } from "react";
import type { PublisherStatus } from "#feed/contract/status.ts";
import { formatCount, noNumber } from "#renderer/ui/format.ts";
import { Received, receivedShare } from "#renderer/ui/Received.tsx";
import { SkewText } from "#renderer/ui/SkewText.tsx";
import { useFeed } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";
import { classSpec } from "#twins/model/catalogue.ts";

/** A clock that is off by less shows nowhere: site times have whole seconds. */
const worthMs = 1_000;
const shownClocks = 3;
const shownClasses = 3;

/** Clocks worth a look, furthest off first. */
const clocksOff = (publishers: readonly PublisherStatus[]): readonly PublisherStatus[] =>
  publishers
    .filter(({ skewMs }) => skewMs !== null && Math.abs(skewMs) >= worthMs)
    .sort((a, b) => Math.abs(b.skewMs ?? 0) - Math.abs(a.skewMs ?? 0))
    .slice(0, shownClocks);

const none: readonly PublisherStatus[] = [];

/** The whole plant's data in one line: how much of it came, how much is doubted, and whose clock is off. */
export const QualitySummary = () => {
  const t = useT();
  const language = useLanguage();
  const local = useLocal();
  const { value } = useAnswer("quality.list", { limit: 1 }, 2_000);
  const publishers = useFeed((feed) => feed.status?.publishers) ?? none;
  const clocks = clocksOff(publishers);
  const lacking = value?.classes.filter(({ received, expected }) => received < expected) ?? [];
  const count = (n: number | undefined): ReactNode => (n === undefined ? noNumber : formatCount(n, language));
  return (
    <dl className="figures">
      <Figure name={t("dataQuality.received")}>
        <Received of={value?.whole} />
      </Figure>
      <Figure name={t("dataQuality.withFaults")}>{count(value?.total)}</Figure>
      <Figure name={t("dataQuality.silent")}>{count(value?.silent)}</Figure>
      <Figure name={t("dataQuality.perMinute")}>{count(value?.faultsPerMinute)}</Figure>
      <Figure name={t("dataQuality.clocks")}>
        {clocks.length === 0 && t("dataQuality.clocksFine")}
        {clocks.map((publisher) => (
          <span key={publisher.id} className="figure-part">
            <span className="dim">{publisher.id}</span> <SkewText publisher={publisher} />
          </span>
        ))}
      </Figure>
      {lacking.length > 0 && (
        <Figure name={t("dataQuality.leastCovered")}>
          {lacking.slice(0, shownClasses).map((each) => (
            <span key={each.className} className="figure-part">
              <span className="dim">{local(classSpec(each.className).label)}</span> {receivedShare(each)}
            </span>
          ))}
        </Figure>
      )}
    </dl>
  );
};

const Figure = (props: { name: string; children: ReactNode }) => (
  <div>
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
  </div>
);
