import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Bundle, desktop, isUpToDate, page } from "./bundles.ts";
import type { Lifetime } from "./lifetime.ts";

const bundles: Readonly<Record<"page" | "desktop", Bundle>> = { page, desktop };

/**
 * Builds what is out of date, in a process of its own: the build tool and its memory are gone afterwards, and the feed
 * starts meanwhile. Costs a few milliseconds when nothing is to be done.
 * @returns false when a bundle does not build; the build's own words are on stderr by then
 */
export const ensureBuilt = async (
  names: readonly ("page" | "desktop")[],
  lifetime: Lifetime,
): Promise<boolean> => {
  const stale = names.filter((name) => !isUpToDate(bundles[name]));
  if (stale.length === 0) return true;
  process.stderr.write(`Building the ${stale.join(" and the ")} once (some seconds)…\n`);
  const child = spawn(process.execPath, [join(import.meta.dirname, "bundle.ts"), ...stale], {
    stdio: ["ignore", 2, 2], // stdout is kept for --json
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  lifetime.own("the build", async () => {
    child.kill();
    await ended;
  });
  const [status] = await ended;
  return status === 0;
};
