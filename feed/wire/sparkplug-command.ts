import { PbfWriter } from "pbf";
import { DataType } from "./sparkplug-types.ts";

/** Metric that asks an edge node to send its births again (Sparkplug B 3.0 §6.4.23). */
const rebirthMetric = "Node Control/Rebirth";

export const rebirthTopic = (group: string, node: string): string => `spBv1.0/${group}/NCMD/${node}`;

export const hostStateTopic = (hostId: string): string => `spBv1.0/STATE/${hostId}`;

/** Payload of a rebirth request. */
export const encodeRebirth = (nowMs: number): Uint8Array => {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, nowMs);
  pbf.writeMessage(2, writeRebirthMetric, nowMs);
  return pbf.finish();
};

const writeRebirthMetric = (nowMs: number, pbf: PbfWriter): void => {
  pbf.writeStringField(1, rebirthMetric);
  pbf.writeVarintField(3, nowMs);
  pbf.writeVarintField(4, DataType.Boolean);
  pbf.writeBooleanField(14, true);
};

/** What a host application says of itself: retained, and as its will (§6.4.29). The will repeats the birth's time. */
export const encodeHostState = (online: boolean, timestampMs: number): string =>
  JSON.stringify({ online, timestamp: timestampMs });
