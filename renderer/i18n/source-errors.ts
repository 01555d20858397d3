import type { SourceErrorCode } from "#feed/contract/status.ts";
import { enSourceErrors } from "./en-source-errors.ts";
import type { Language } from "./translate.ts";
import { zhSourceErrors } from "./zh-source-errors.ts";

/** Why a broker cannot be read: what happened, without a full stop, and what to do. */
export interface SourceErrorText {
  readonly what: string;
  readonly tip: string;
}

export const sourceErrorText = (language: Language, code: SourceErrorCode): SourceErrorText =>
  (language === "zh" ? zhSourceErrors : enSourceErrors)[code];
