import { useEffect } from "react";
import { openProblemText } from "#renderer/i18n/open-problems.ts";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { formatBytes, formatShare } from "#renderer/ui/format.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import type { Problem } from "#twins/model/result.ts";
import type { OpeningState } from "./opening.ts";

type Shown = Exclude<OpeningState, { phase: "idle" }>;

/** How far an opening is, and how to end it; or why it failed, where, and what to do. Esc ends it too. */
export const OpeningCard = (props: { state: Shown; onCancel: () => void; onChoose: () => void }) => {
  const { state, onCancel, onChoose } = props;
  const t = useT();
  useFocusReturn();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // it means nothing else now: no selection is cleared, no replay left
      onCancel();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [onCancel]);
  return (
    <section className="glass opening-card" role="dialog" aria-label={t("open.label")}>
      {state.phase === "refused" ? (
        <Refusal problem={state.problem} onCancel={onCancel} onChoose={onChoose} />
      ) : (
        <Progress state={state} onCancel={onCancel} />
      )}
    </section>
  );
};

const Progress = (props: { state: Exclude<Shown, { phase: "refused" }>; onCancel: () => void }) => {
  const { state, onCancel } = props;
  const t = useT();
  const { name, count } = state;
  const more = count - 1;
  const title =
    state.phase === "sending"
      ? more > 0
        ? t("open.sendingMore", { name, more })
        : t("open.sending", { name })
      : more > 0
        ? t("open.readingMore", { name, more })
        : t("open.reading", { name });
  return (
    <>
      <b role="status">{title}</b>
      {state.phase === "sending" ? <Sent {...state} /> : <p className="dim">{t("open.readingWhat")}</p>}
      <p className="dim">{t("open.stays")}</p>
      <div className="opening-acts">
        <button type="button" ref={focused} onClick={onCancel}>
          {t("open.cancel")}
        </button>
      </div>
    </>
  );
};

const Sent = ({ sent, total }: { sent: number; total: number }) => {
  const t = useT();
  const share = formatShare(total > 0 ? sent / total : 0, 0);
  return (
    <>
      <progress max={Math.max(1, total)} value={sent} aria-label={t("open.label")} />
      <p className="dim">{t("open.progress", { share, size: formatBytes(total) })}</p>
    </>
  );
};

const Refusal = (props: { problem: Problem; onCancel: () => void; onChoose: () => void }) => {
  const { problem, onCancel, onChoose } = props;
  const t = useT();
  const text = openProblemText(useLanguage(), problem.code);
  return (
    <>
      <div role="alert">
        <b>{t("open.refused")}</b>
        <p>{text?.what ?? problem.message}</p>
        {problem.file !== undefined && <p className="dim">{t("open.where", { file: problem.file })}</p>}
        <p>{text?.tip ?? problem.tip}</p>
      </div>
      <div className="opening-acts">
        <button type="button" ref={focused} onClick={onChoose}>
          {t("open.choose")}
        </button>
        <button type="button" onClick={onCancel}>
          {t("open.close")}
        </button>
      </div>
    </>
  );
};

/** The keyboard goes on where the question is. */
const focused = (button: HTMLButtonElement | null): void => button?.focus();
