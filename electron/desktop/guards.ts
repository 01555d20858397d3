import type { Event, Session, WebContents, WebContentsWillFrameNavigateEventParams } from "electron";
import { mayNavigate, mayUse } from "#electron/common/policies.ts";
import { pageOrigin } from "./page-protocol.ts";

/** What is guarded of a session: permissions and devices. */
export type GuardedSession = Pick<
  Session,
  "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler"
>;

export const guardSession = (session: GuardedSession): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl, pageOrigin)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    mayUse(permission, origin, pageOrigin),
  );
  session.setDevicePermissionHandler(() => false);
};

/** What is guarded of a page: where it goes, and what it opens. */
export interface GuardedContents extends Pick<WebContents, "setWindowOpenHandler"> {
  on(
    event: "will-frame-navigate",
    listener: (details: Event<WebContentsWillFrameNavigateEventParams>) => void,
  ): unknown;
  on(event: "will-attach-webview", listener: (event: Event) => void): unknown;
}

/** Links lead nowhere: nothing leaves the machine, not even to the system's browser. */
export const guardContents = (contents: GuardedContents): void => {
  contents.on("will-frame-navigate", (details) => {
    if (!mayNavigate(details.url, pageOrigin)) details.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
};
