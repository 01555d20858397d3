import { translator } from "#renderer/i18n/translate.ts";
import { isGone, type SessionState } from "#renderer/stores/session.ts";

/** In place of an opened recording that was closed meanwhile. */
const Gone = ({ language }: { language: "zh" | "en" }) => {
  const t = translator(language);
  return (
    <main className="opening" data-failed="true" lang={language === "zh" ? "zh-CN" : "en"}>
      <h1 role="status">{t("open.goneTitle")}</h1>
      <p>{t("open.goneWhat")}</p>
      <a className="opening-link" href="/">
        {t("open.goneBack")}
      </a>
    </main>
  );
};

/** Words while the session opens, or why it does not; never a blank page. */
export const Opening = ({
  session,
  language,
}: {
  session: Exclude<SessionState, { phase: "ready" }>;
  language: "zh" | "en";
}) => {
  const t = translator(language);
  const hasFailed = session.phase === "failed";
  if (hasFailed && isGone(session.problem)) return <Gone language={language} />;
  return (
    <main className="opening" data-failed={hasFailed} lang={language === "zh" ? "zh-CN" : "en"}>
      <h1>{t("product.title")}</h1>
      <p role="status">{t(`opening.${session.phase}`)}</p>
      {hasFailed && <p className="opening-detail">{session.problem.message}</p>}
      {hasFailed && <p>{t("opening.failedTip")}</p>}
    </main>
  );
};
