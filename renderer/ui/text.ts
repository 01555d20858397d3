import { useEffect } from "react";
import { type Language, type Translate, translator } from "#renderer/i18n/translate.ts";
import type { LocalText } from "#twins/model/twin.ts";
import { useView } from "./services.tsx";

export const useLanguage = (): Language => useView((view) => view.language);

/** The translator of the language shown. */
export const useT = (): Translate => translator(useLanguage());

/** Picks the language shown from words that come in both. */
export const useLocal = (): ((text: LocalText) => string) => {
  const language = useLanguage();
  return (text) => text[language];
};

/** Tells browser, fonts and screen readers which language the page is in. */
export const useDocumentLanguage = (): void => {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
};
