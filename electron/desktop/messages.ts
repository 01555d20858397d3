import type { IpcMainEvent } from "electron";
import { isOwnPage } from "#electron/common/policies.ts";
import type { Heartbeat } from "#feed/contract/shell.ts";
import { pageOrigin } from "./page-protocol.ts";

/** Whether a message comes from our page's main frame. A frame that is gone sends nothing worth hearing. */
export const isFromPage = ({ senderFrame }: Pick<IpcMainEvent, "senderFrame">): boolean =>
  senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url, pageOrigin);

export const isNonce = (value: unknown): value is string =>
  typeof value === "string" && value.length >= 16 && value.length <= 64;

export const isHeartbeat = (value: unknown): value is Heartbeat => {
  if (typeof value !== "object" || value === null) return false;
  const { frames, lastDataMs, hidden } = value as Record<keyof Heartbeat, unknown>;
  return Number.isFinite(frames) && Number.isFinite(lastDataMs) && typeof hidden === "boolean";
};
