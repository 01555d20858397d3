import { expect, test } from "vitest";
import type { HostBridge } from "#feed/contract/bridge.ts";
import { saveValues } from "./saveValues.ts";

const ask = { fromMs: 0, toMs: 1000, format: "csv", points: [] } as const;

/** A feed that has these parts. */
const feedOf = (parts: readonly string[]) => {
  const asked: string[] = [];
  let at = 0;
  const bridge = {
    request: async (method: string) => {
      asked.push(method);
      if (method === "log.export") return { name: "horinger.csv" };
      if (method === "log.exportCancel") return null;
      const data = btoa(parts[at++] ?? "");
      return { data, progress: at / parts.length, isDone: at >= parts.length };
    },
  } as unknown as Pick<HostBridge, "request">;
  return { bridge, asked };
};

test("parts become one file, with its name, and progress on the way", async () => {
  const { bridge } = feedOf(["time,a\r\n", "", "1,2\r\n"]);
  const shares: number[] = [];
  const signal = new AbortController().signal;
  const { name, blob } = await saveValues(bridge, ask, { signal, onProgress: (share) => shares.push(share) });
  expect(name).toBe("horinger.csv");
  expect(await blob.text()).toBe("time,a\r\n1,2\r\n");
  expect(shares.at(-1)).toBe(1);
});

test("cancelled, the feed is told to stop", async () => {
  const { bridge, asked } = feedOf(["a", "b", "c", "d"]);
  const abort = new AbortController();
  const saving = saveValues(bridge, ask, { signal: abort.signal, onProgress: () => abort.abort() });
  await expect(saving).rejects.toMatchObject({ name: "AbortError" });
  expect(asked).toEqual(["log.export", "log.exportPart", "log.exportCancel"]);
});
