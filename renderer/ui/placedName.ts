import { translator } from "#renderer/i18n/translate.ts";
import type { AssetRef, LocalText, Twin } from "#twins/model/twin.ts";
import { nameOf } from "./assets.ts";

/** Name of an asset as somebody before it would say it: a rack by its row too, for racks of all rows are numbered alike. */
export const placedName = (twin: Twin, ref: AssetRef, language: keyof LocalText): string => {
  const name = nameOf(twin, ref)[language];
  const above = ref.className === "rack" ? twin.parentOf(ref) : undefined;
  return above ? translator(language)("pin.rack", { row: nameOf(twin, above)[language], rack: name }) : name;
};
