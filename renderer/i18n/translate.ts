import { en, type TextKey } from "./en.ts";
import { zh } from "./zh.ts";

export type Language = "zh" | "en";
export type { TextKey };

type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters a text needs: one for each `{placeholder}` of its English form. */
export type TextParams<K extends TextKey> = Readonly<Record<Placeholders<(typeof en)[K]>, string | number>>;
/** Nothing for a plain text, else its parameters. */
export type TextArguments<K extends TextKey> = [Placeholders<(typeof en)[K]>] extends [never]
  ? []
  : [params: TextParams<K>];

/** Looks texts up in one language: `t("age.seconds", { n: 12 })`. */
export type Translate = <K extends TextKey>(key: K, ...params: TextArguments<K>) => string;

const dictionaries = { en, zh } as const;

const fill = (text: string, params: Readonly<Record<string, string | number>> | undefined): string =>
  params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text;

/** The translator of a language. Same function each time, so that React can compare it. */
export const translator = (language: Language): Translate => translators[language];

const makeTranslator =
  (language: Language): Translate =>
  (key, ...params) =>
    fill(dictionaries[language][key], params[0]);

const translators: Readonly<Record<Language, Translate>> = {
  en: makeTranslator("en"),
  zh: makeTranslator("zh"),
};
