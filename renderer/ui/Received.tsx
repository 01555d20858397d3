import type { ReceivedOf } from "#feed/contract/bridge.ts";
import { formatNumber, formatShare, noNumber } from "./format.ts";
import { useT } from "./text.ts";

/** Received of expected as percent; rounded down, so that 100 % means that nothing is missing. */
export const receivedShare = ({ received, expected }: ReceivedOf): string =>
  expected === 0 ? noNumber : formatShare(Math.floor((1000 * received) / expected) / 1000);

/** Received of expected: the share, a bar, and both numbers on demand. */
export const Received = ({ of }: { of: ReceivedOf | undefined }) => {
  const t = useT();
  if (!of || of.expected === 0) return noNumber;
  const counts = { received: formatNumber(of.received), expected: formatNumber(of.expected) };
  return (
    <span className="received" title={t("dataQuality.receivedOf", counts)}>
      <span className="range-bar" data-look="good" aria-hidden="true">
        <span className="range-fill" style={{ left: 0, width: `${(100 * of.received) / of.expected}%` }} />
      </span>
      <span className="nowrap">{receivedShare(of)}</span>
      <span className="sr-only">{t("dataQuality.receivedOf", counts)}</span>
    </span>
  );
};

/** The same of a point with faults: where nothing that came could be used, it says so. */
export const PointReceived = ({ of }: { of: ReceivedOf }) => {
  const t = useT();
  return of.expected === 0 ? <span className="dim">{t("dataQuality.nothing")}</span> : <Received of={of} />;
};
