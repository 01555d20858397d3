import { openLibrary } from "#renderer/stores/library.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { halfOf } from "#renderer/ui/words.ts";
import type { Fact } from "#twins/model/twin.ts";

/** The words that a figure stands beside, in short: quote, date and grade; the whole card is a click away. */
export const Quoted = ({ fact }: { fact: Fact }) => {
  const t = useT();
  const language = useLanguage();
  const { view } = useServices();
  return (
    <p className="quoted">
      <q lang="zh-CN">{fact.quote}</q>{" "}
      <button
        type="button"
        className="crumb"
        title={t("figures.cardTip", { grade: t(`grade.${fact.grade}`) })}
        onClick={() => openLibrary(view, "facts", fact.id)}
      >
        {halfOf(fact.date, language)} · {fact.grade}
      </button>
    </p>
  );
};
