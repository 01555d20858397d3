import { Quality } from "#twins/model/quality.ts";
import type { Gateways } from "#twins/physics/instruments/gateways.ts";
import type { BulkPart, SinglePoint } from "./schedule.ts";

/** What the gateways let through of what is to be sent, and the time they put on it. */
export interface Relay {
  /** What is left of a part while some gateways are silent; null for nothing. */
  partOf(part: BulkPart): BulkPart | null;
  passes(point: SinglePoint): boolean;
  /**
   * Time that a gateway's clock shows. A frame has one time for all its rows: it is the publisher's, unless all of them
   * come from one gateway.
   */
  timeOf(sent: BulkPart | SinglePoint, nowMs: number): number;
}

/** The one gateway that sends all rows, or −1. */
const onlyGateway = ({ gateways }: BulkPart): number => {
  const first = gateways[0] ?? -1;
  return gateways.every((gateway) => gateway === first) ? first : -1;
};

/**
 * Rows of a silent gateway get quality 0, as if they had no point: what is shown keeps its value and ages
 * (docs/WIRE.md §3). A number with a bad quality, or none, would say that somebody knows.
 */
const without = (part: BulkPart, silent: Uint8Array): BulkPart | null => {
  if (!part.gateways.some((gateway) => gateway >= 0 && silent[gateway] === 1)) return part;
  let points = 0;
  const columns = part.columns.flatMap((column) => {
    const quality = new Uint8Array(part.rowCount);
    let present = 0;
    for (const [row, gateway] of part.gateways.entries()) {
      if (gateway >= 0 && silent[gateway] === 1) continue;
      quality[row] = column.quality === null ? Quality.good : column.quality[row]!;
      if (quality[row] !== Quality.unknown) present++;
    }
    points += present;
    return present > 0 ? [{ ...column, quality }] : [];
  });
  return points > 0 ? { ...part, columns, points } : null;
};

export const createRelay = (gateways: Gateways): Relay => {
  const { silent, skewMs } = gateways;
  const left = new Map<BulkPart, BulkPart | null>();
  const only = new Map<BulkPart, number>();
  let version = gateways.version;
  const gatewayOf = (sent: BulkPart | SinglePoint): number => {
    if ("gateway" in sent) return sent.gateway;
    let gateway = only.get(sent);
    if (gateway === undefined) {
      gateway = onlyGateway(sent);
      only.set(sent, gateway);
    }
    return gateway;
  };
  return {
    partOf: (part) => {
      if (version !== gateways.version) left.clear();
      version = gateways.version;
      let now = left.get(part);
      if (now === undefined) {
        now = without(part, silent);
        left.set(part, now);
      }
      return now;
    },
    passes: ({ gateway }) => gateway < 0 || silent[gateway] !== 1,
    timeOf: (sent, nowMs) => {
      const gateway = gatewayOf(sent);
      return gateway < 0 ? nowMs : nowMs + skewMs[gateway]!;
    },
  };
};
