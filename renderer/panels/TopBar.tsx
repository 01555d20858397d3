import type { Language } from "#renderer/i18n/translate.ts";
import { useSiteSecond } from "#renderer/ui/clock.ts";
import { SessionMarks } from "#renderer/ui/SessionMarks.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatOffset, formatSiteClock } from "#renderer/ui/time.ts";
import { useTitle } from "#renderer/ui/title.ts";
import { SearchBox } from "./SearchBox.tsx";

const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: "zh", name: "中文" },
  { id: "en", name: "EN" },
];

/** Product, what kind of picture this is, search, language, site time. */
export const TopBar = () => {
  const title = useTitle();
  return (
    <header className="glass top-bar">
      <h1 className="product">{title}</h1>
      <SessionMarks />
      <SearchBox />
      <LanguageSwitch />
      <SiteClock />
    </header>
  );
};

const LanguageSwitch = () => {
  const t = useT();
  const language = useLanguage();
  const { view } = useServices();
  return (
    <fieldset className="segments" aria-label={t("language.switch")}>
      {languages.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          lang={id === "zh" ? "zh-CN" : "en"}
          aria-pressed={language === id}
          onClick={() => view.setState({ language: id })}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
};

const SiteClock = () => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const timeMs = useSiteSecond();
  return (
    <time className="site-clock" title={t("clock.site")} dateTime={new Date(timeMs).toISOString()}>
      {formatSiteClock(language, timeMs, utcOffsetMin)}
      <span className="unit">{formatOffset(utcOffsetMin)}</span>
    </time>
  );
};
