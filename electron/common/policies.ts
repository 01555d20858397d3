/** What a page in the desktop shell may do beyond drawing. Everything not named here is refused. */

const allowedPermissions: ReadonlySet<string> = new Set([
  "fullscreen", // the wall
  "clipboard-sanitized-write", // copying an asset id or a value
]);

const originOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  // `origin` is "null" for app://, which is a standard scheme only inside Electron.
  return `${protocol}//${host}`;
};

/** Whether `url` belongs to `origin`, such as `app://horinger`. Anything that is no address does not. */
export const isOwnPage = (url: string, origin: string): boolean => originOf(url) === origin;

/** Electron's permission names; unknown ones are refused, so a new Chromium brings no new rights. */
export const mayUse = (permission: string, pageUrl: string, origin: string): boolean =>
  allowedPermissions.has(permission) && isOwnPage(pageUrl, origin);

/** A page stays on its own origin; a reload is a navigation to itself. */
export const mayNavigate = (toUrl: string, origin: string): boolean => isOwnPage(toUrl, origin);
