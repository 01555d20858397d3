/**
 * uPlot makes a number format of `navigator.language` as it is loaded, and throws where that is no language tag: Chromium
 * says `en-US@posix` on a machine without a locale. To be imported before it.
 */
const isTag = (language: string): boolean => {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
};

/** Puts a language that is one in place of one that is none. */
export const mendLanguage = (host: { readonly language: string }): void => {
  if (isTag(host.language)) return;
  const [first = ""] = host.language.split("@");
  Object.defineProperty(host, "language", { value: isTag(first) ? first : "en-US", configurable: true });
};

if (typeof navigator !== "undefined") mendLanguage(navigator);
