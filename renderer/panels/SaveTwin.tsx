import { useState } from "react";
import type { Methods } from "#feed/contract/bridge.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { type Refusal, RefusalText, refusalOf } from "./RefusalText.tsx";
import { Section } from "./Section.tsx";

type Saving =
  | { readonly phase: "idle" | "saving" }
  | { readonly phase: "done"; readonly answer: Methods["twin.save"]["answer"] }
  | { readonly phase: "refused"; readonly refusal: Refusal };

/** Saves an announced campus as a twin directory; only where the command line gave one. */
export const SaveTwin = () => {
  const t = useT();
  const language = useLanguage();
  const { session, bridge } = useServices();
  const [saving, setSaving] = useState<Saving>({ phase: "idle" });
  if (!session.announced || !session.canSave) return null;
  const save = async (): Promise<void> => {
    setSaving({ phase: "saving" });
    try {
      setSaving({ phase: "done", answer: await bridge.request("twin.save", {}) });
    } catch (error) {
      setSaving({ phase: "refused", refusal: refusalOf(error) });
    }
  };
  return (
    <Section title={t("save.title")}>
      <p className="dim">{t("save.what")}</p>
      <div className="edit-foot">
        <button
          type="button"
          className="button"
          disabled={saving.phase === "saving"}
          onClick={() => void save()}
        >
          {t(saving.phase === "saving" ? "save.saving" : "save.do")}
        </button>
      </div>
      {saving.phase === "done" && (
        <p role="status">
          {t("save.done", { files: formatCount(saving.answer.files, language) })}{" "}
          <code className="block">{saving.answer.directory}</code>
        </p>
      )}
      {saving.phase === "refused" && <RefusalText title={t("save.refused")} refusal={saving.refusal} />}
    </Section>
  );
};
