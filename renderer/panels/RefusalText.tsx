import { BridgeError } from "#feed/contract/client.ts";
import { problemText } from "#renderer/i18n/problems.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import type { Problem } from "#twins/model/result.ts";

/** Why the feed did not do what was asked: its reason, or that it could not be reached. */
export type Refusal = Problem | "lost";

export const refusalOf = (error: unknown): Refusal =>
  (error instanceof BridgeError ? error.problem : null) ?? "lost";

/** What was not done, why, and what to do, in words. */
export const RefusalText = ({ title, refusal }: { title: string; refusal: Refusal }) => {
  const t = useT();
  const text = problemText(useLanguage(), refusal === "lost" ? "" : refusal.code);
  if (refusal === "lost") return <p role="alert">{t("edit.lost")}</p>;
  return (
    <div role="alert">
      <p>
        {title} {text?.what} {text?.tip ?? refusal.tip}
      </p>
      <p className="dim" lang="en">
        {refusal.message}
      </p>
    </div>
  );
};
