import { firstGoodValue } from "#electron/common/ready.ts";
import { page } from "./bundles.ts";
import { ensureBuilt } from "./ensure-built.ts";
import type { Lifetime } from "./lifetime.ts";
import { openBrowser } from "./open-browser.ts";
import type { Options } from "./options.ts";

/**
 * Feed and web shell in this process. The address works as soon as it is printed; `ready` follows when the first good
 * value is in, or at the latest after `readyLimitMs`, with `live` telling which of the two.
 */
export const runWeb = async ({ session, shell }: Options, lifetime: Lifetime): Promise<void> => {
  const building = ensureBuilt(["page"], lifetime);
  const [{ startFeed }, { openWebShell }, { newToken, tokenFromFile }] = await Promise.all([
    import("#feed/service.ts"),
    import("#electron/web/server.ts"),
    import("#electron/web/token.ts"),
  ]);
  const token =
    shell.tokenFile === null ? { ok: true as const, value: newToken() } : tokenFromFile(shell.tokenFile);
  if (!token.ok) return refuse(token.error.message, token.error.tip, lifetime);

  const feed = startFeed(session, { log: (line) => process.stderr.write(`${line}\n`) });
  lifetime.own("the feed", () => feed.close());
  feed.onExit(
    (reason) =>
      void refuse(
        `The feed cannot run: ${reason}`,
        session.log
          ? "--log names another recording."
          : "Its own words are above; --twin names another campus.",
        lifetime,
      ),
  );
  if (!(await building)) return lifetime.stop(1);
  const opened = await openWebShell({
    feed,
    pageFolder: page.folder,
    token: token.value,
    port: shell.port,
    version: session.version,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE" || error.code === "EACCES") return error;
    throw error;
  });
  if (opened instanceof Error)
    return refuse(
      `Port ${shell.port} cannot be had (${opened.code}).`,
      "Choose another with --port.",
      lifetime,
    );
  lifetime.own("the web shell", () => opened.close());

  process.stdout.write(`Horinger Twin ${session.version}: ${opened.url}\n`);
  if (shell.open) openBrowser(opened.url);
  const live = await firstGoodValue(() => feed.status());
  if (shell.json && !lifetime.isStopping)
    process.stdout.write(`${JSON.stringify({ ready: true, url: opened.url, shell: "web", live })}\n`);
};

const refuse = (message: string, tip: string, lifetime: Lifetime): Promise<void> => {
  process.stderr.write(`${message}\n${tip}\n`);
  return lifetime.stop(1);
};
