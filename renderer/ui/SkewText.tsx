import type { PublisherStatus } from "#feed/contract/status.ts";
import { noNumber } from "./format.ts";
import { useT } from "./text.ts";
import { formatSpan } from "./time.ts";

/** How far a publisher's clock is from ours, and that it is estimated where it is. */
export const SkewText = ({ publisher }: { publisher: PublisherStatus }) => {
  const t = useT();
  if (publisher.skewMs === null) return noNumber;
  const span = formatSpan(t, publisher.skewMs);
  if (!publisher.skewEstimated) return <span className="nowrap">{span}</span>;
  return (
    <span className="nowrap" title={t("dataQuality.estimatedTip")}>
      {t("dataQuality.estimated", { span })}
    </span>
  );
};
