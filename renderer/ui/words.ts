import type { Language } from "#renderer/i18n/translate.ts";

/** The half of `中文 / English` in the language shown; a text that is no such pair stays whole. */
export const halfOf = (text: string, language: Language): string => {
  const [zh, en, ...more] = text.split(" / ");
  if (!zh || !en || more.length > 0 || !/\p{Script=Han}/u.test(zh)) return text;
  return language === "zh" ? zh : en;
};
