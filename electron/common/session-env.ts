import type { SessionConfig } from "#feed/contract/config.ts";

/** Environment variable in which the launcher hands the session to the desktop. */
export const desktopSessionVariable = "HORINGER_SESSION";

/** Exit status with which the desktop asks its launcher to be started again (EX_TEMPFAIL of sysexits.h). */
export const relaunchStatus = 75;

/** Exit status of the feed's process when its worker cannot start (EX_CONFIG): trying again would not help. */
export const feedGaveUpStatus = 78;

export interface DesktopSession {
  readonly session: SessionConfig;
  /** Print `{"ready":true,…}` as the last line. */
  readonly json: boolean;
  /** Keep the brokers' users and passwords in the system's keychain. */
  readonly remember: boolean;
  /** Where the crash ladder stood when the desktop asked to be started again, as `ladderText` wrote it. */
  readonly ladder: string | null;
}

/** @throws when the desktop was not started by the launcher: that is the only way to start it. */
export const readDesktopSession = (env: Readonly<Record<string, string | undefined>>): DesktopSession => {
  const text = env[desktopSessionVariable];
  if (!text) throw new Error(`${desktopSessionVariable} is not set: start with npm start or npm run desktop`);
  return JSON.parse(text) as DesktopSession;
};
