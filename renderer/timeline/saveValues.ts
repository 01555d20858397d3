import type { HostBridge } from "#feed/contract/bridge.ts";
import type { ExportAsk } from "#feed/contract/replay.ts";

export interface SavedValues {
  readonly name: string;
  readonly blob: Blob;
}

const types = { csv: "text/csv;charset=utf-8", parquet: "application/vnd.apache.parquet" } as const;

/**
 * Has the feed export values, and puts the parts together.
 * @throws BridgeError with the feed's reason; the signal's reason once it is aborted, and the feed is told to stop
 */
export const saveValues = async (
  bridge: Pick<HostBridge, "request">,
  ask: ExportAsk,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
): Promise<SavedValues> => {
  const { name } = await bridge.request("log.export", ask);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    if (signal.aborted) {
      await bridge.request("log.exportCancel", {});
      throw signal.reason;
    }
    const { data, progress, isDone } = await bridge.request("log.exportPart", {});
    if (data !== "") parts.push(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
    onProgress(progress);
    if (isDone) return { name, blob: new Blob(parts, { type: types[ask.format] }) };
  }
};
