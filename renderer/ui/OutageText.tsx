import type { SourceError } from "#feed/contract/status.ts";
import { sourceErrorText } from "#renderer/i18n/source-errors.ts";
import type { FeedFacts } from "#renderer/stores/feed.ts";
import { formatCount } from "./format.ts";
import type { Outage } from "./outage.ts";
import { useServices } from "./services.tsx";
import { useLanguage, useT } from "./text.ts";
import { formatAge, formatSiteDate, formatSiteMoment } from "./time.ts";

interface OutageTextProps {
  readonly outage: Outage;
  readonly facts: FeedFacts;
  readonly nowMs: number;
  /** Leaves out what only the technical staff can use. */
  readonly isPublic?: boolean;
}

/** The words of an outage, the same on desk and wall: what happened, since when, what is affected, what to do. */
export const OutageText = ({ outage, facts, nowMs, isPublic = false }: OutageTextProps) => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const points = facts.status?.points;
  const when = {
    time: formatSiteMoment(language, outage.sinceMs, { nowMs, utcOffsetMin }),
    age: formatAge(t, Math.max(0, nowMs - outage.sinceMs)),
    address: outage.address,
  };
  const affected =
    !points || outage.kind === "bridge"
      ? t("outage.affectedAll")
      : points.known === 0
        ? t("outage.nothingYet")
        : t("outage.affected", {
            stale: formatCount(points.stale, language),
            known: formatCount(points.known, language),
          });
  return (
    <>
      {/* Only the title is announced: the age beneath it changes every second. */}
      <div role="alert">
        <h2 id="outage-title">
          {outage.partly ? t("outage.partly.title", outage.partly) : t(`outage.${outage.kind}.title`)}
        </h2>
      </div>
      <p>
        {isPublic ? t("outage.public", when) : t(`outage.${outage.kind}.what`, when)} {affected}
      </p>
      {outage.error && !isPublic ? (
        <Cause error={outage.error} />
      ) : (
        <p>
          {t(`outage.${outage.kind}.do`)}
          {outage.detail && !isPublic && (
            <span className="dim"> {t("outage.reason", { detail: outage.detail })}</span>
          )}
        </p>
      )}
    </>
  );
};

/** Why the broker cannot be read, and what to do about exactly that. */
const Cause = ({ error }: { error: SourceError }) => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const { what, tip } = sourceErrorText(language, error.code);
  const { certificate, detail } = error;
  const date = (timeMs: number): string => formatSiteDate(language, timeMs, utcOffsetMin);
  return (
    <p>
      <b>{t("outage.cause", { what })}</b> {tip} {t("outage.retries")}
      {certificate && (
        <span>
          {" "}
          {t("outage.certificate", {
            subject: certificate.subject,
            issuer: certificate.issuer,
            from: date(certificate.validFromMs),
            to: date(certificate.validToMs),
            names: certificate.names.join(", "),
          })}
        </span>
      )}
      <span className="dim"> {t("outage.reason", { detail })}</span>
    </p>
  );
};
