import type { SessionConfig } from "#feed/contract/config.ts";

/** Environment variable in which the launcher hands the session to the desktop. */
export const desktopSessionVariable = "HORINGER_SESSION";

export interface DesktopSession {
  readonly session: SessionConfig;
  /** Print `{"ready":true,…}` as the last line. */
  readonly json: boolean;
}
