import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import type { DesktopShell } from "#feed/contract/shell.ts";
import { openPort } from "./port.ts";
import { bridgeUrl, openSocket } from "./socket.ts";

/**
 * Opens the renderer's only door to the outside: a message port where the desktop shell offers one, else a WebSocket to
 * the origin that served the page. Reconnects by itself.
 * @param shell what the desktop's preload gave the page; undefined in a browser.
 */
export const openHost = (shell: DesktopShell | undefined): ConnectedBridge =>
  shell
    ? connectBridge({
        open: () => openPort(shell),
        capabilities: { shell: "desktop", windows: true, fileDialogs: true },
      })
    : connectBridge({
        open: () => openSocket(bridgeUrl(location.href)),
        capabilities: { shell: "web", windows: false, fileDialogs: false },
      });
