import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { err, ok, type Result } from "#twins/model/result.ts";

/** 256 random bits as 43 characters that need no escaping in an address. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/**
 * The token kept in a file, so that a kiosk's address stays valid over restarts. Made on first use, readable by its
 * owner alone; a file that others can read is refused, because whoever reads it can watch the plant.
 */
export const tokenFromFile = (file: string): Result<string> => {
  const refuse = (why: string, tip: string) =>
    err({ code: "token-file", message: `--token-file ${file}: ${why}.`, tip });
  try {
    if (!existsSync(file)) {
      writeFileSync(file, `${newToken()}\n`, { mode: 0o600, flag: "wx" });
      chmodSync(file, 0o600);
    }
    if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0)
      return refuse("others may read it", `Run chmod 600 ${file}.`);
    const token = readFileSync(file, "utf8").trim();
    return /^[\w-]{32,128}$/.test(token)
      ? ok(token)
      : refuse("holds no token", "Delete the file; a new one is made at the next start.");
  } catch (error) {
    return refuse(
      (error as NodeJS.ErrnoException).code ?? String(error),
      "Check the path and its permissions.",
    );
  }
};

/** Compares secrets in a time that says nothing about where they differ. */
export const isSame = (given: string, secret: string): boolean => {
  // Digests have one length, so the length of the secret does not show either.
  const digest = (text: string) => createHmac("sha256", secret).update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
};

/** Cookies cross ports of one host, so the name carries the port. */
export const cookieName = (port: number): string => `horinger-${port}`;

/** What the cookie holds: bound to the token, and no token itself. */
export const cookieValue = (token: string, port: number): string =>
  createHmac("sha256", token).update(`cookie ${port}`).digest("base64url");
