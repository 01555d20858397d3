import type { Result } from "#twins/model/result.ts";

/** A file larger than this is not taken from a page, bytes: twice the size at which the longest recordings roll over. */
export const largestOpenedBytes = 16 * 1024 ** 3;

/** Files of one recording that a page may send. */
export const mostOpenedFiles = 64;

/** Why a recording cannot be opened, or is no longer. Codes map to texts in renderer/i18n/open-problems.ts. */
export const openProblemCodes = [
  "log-not-mcap",
  "log-not-ours",
  "log-newer",
  "log-damaged",
  "log-empty",
  "log-none",
  "log-no-twin",
  "log-unreadable",
  "log-too-large",
  "log-too-many",
  "log-disk-full",
  "log-busy",
  "log-upload",
  "log-gone",
  "log-wall",
] as const;
export type OpenProblemCode = (typeof openProblemCodes)[number];

/** What the web shell answers under `/recordings` (docs/REPLAY.md): the number of an upload, a file's name, or a recording's. */
export type OpenAnswer = Result<string>;
