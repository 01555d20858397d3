import type { MessageEvent } from "electron";
import { firstGoodValue } from "#electron/common/ready.ts";
import { feedGaveUpStatus, readDesktopSession } from "#electron/common/session-env.ts";
import { startFeed } from "#feed/service.ts";
import { mainPortTransport } from "./port.ts";

/**
 * The feed as Electron's utility process: a crash of it takes no window with it, and a busy window does not delay it.
 * Main process → here: `port` with one port to a page, `stop`. Here → main process: `live` once, at the first good value.
 */
export type ToFeedHost = "port" | "stop";
export type FromFeedHost = "live";

const launched = readDesktopSession(process.env);
const feed = startFeed(launched.session, { log: (line) => process.stderr.write(`${line}\n`) });
feed.onExit((reason) => {
  process.stderr.write(`the feed cannot run: ${reason}\n`);
  process.exit(feedGaveUpStatus);
});

process.parentPort.on("message", ({ data, ports }: MessageEvent) => {
  const message = data as ToFeedHost;
  const [port] = ports;
  if (message === "port" && port) feed.connect(mainPortTransport(port));
  if (message === "stop") void feed.close().then(() => process.exit(0));
});

const isLive = await firstGoodValue(() => feed.status());
if (isLive) process.parentPort.postMessage("live" satisfies FromFeedHost);
