import type { SourceErrorCode } from "#feed/contract/status.ts";
import { enSourceErrors, type SourceErrorText } from "./en-source-errors.ts";
import type { Language } from "./translate.ts";
import { zhSourceErrors } from "./zh-source-errors.ts";

export const sourceErrorText = (language: Language, code: SourceErrorCode): SourceErrorText =>
  (language === "zh" ? zhSourceErrors : enSourceErrors)[code];
