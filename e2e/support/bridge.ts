import { once } from "node:events";
import { WebSocket } from "ws";
import { socketTransport } from "#electron/web/socket-transport.ts";
import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";

/**
 * The page's end of the bridge, without a page: the token of the product's address is exchanged for its cookie, as a
 * browser does, and the WebSocket is opened with it.
 */
export const dialProduct = async (url: string): Promise<ConnectedBridge> => {
  const { origin, host } = new URL(url);
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0];
  if (!cookie) throw new Error(`no cookie was given, but ${entered.status}`);
  return connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    open: async () => {
      const socket = new WebSocket(`ws://${host}/bridge`, { headers: { cookie, origin } });
      const transport = socketTransport(socket);
      await once(socket, "open");
      return transport;
    },
  });
};
