import { translator } from "#renderer/i18n/translate.ts";
import type { SessionState } from "#renderer/stores/session.ts";

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
  return (
    <main className="opening" data-failed={hasFailed} lang={language === "zh" ? "zh-CN" : "en"}>
      <h1>{t("product.title")}</h1>
      <p role="status">{t(`opening.${session.phase}`)}</p>
      {hasFailed && <p className="opening-detail">{session.problem.message}</p>}
      {hasFailed && <p>{t("opening.failedTip")}</p>}
    </main>
  );
};
