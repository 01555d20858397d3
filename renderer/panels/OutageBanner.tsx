import { useState } from "react";
import { useFeedSecond } from "#renderer/ui/clock.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { OutageText } from "#renderer/ui/OutageText.tsx";
import { type Outage, outageOf, stillHidden } from "#renderer/ui/outage.ts";
import { useFeed } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Says that nothing current arrives: what happened, since when, what is affected, what to do. The scene stays usable. */
export const OutageBanner = () => {
  const t = useT();
  const facts = useFeed((feed) => feed);
  const nowMs = useFeedSecond();
  const [hidden, setHidden] = useState<Outage["kind"] | null>(null);
  const outage = outageOf(facts, nowMs);
  const kept = stillHidden(hidden, outage);
  if (kept !== hidden) setHidden(kept);
  if (!outage || kept === outage.kind) return null;
  return (
    <section className="outage" aria-labelledby="outage-title">
      <Icon name="lost" size={28} />
      <div className="outage-body">
        <OutageText outage={outage} facts={facts} nowMs={nowMs} />
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t("outage.hide")}
        title={t("outage.hide")}
        onClick={() => setHidden(outage.kind)}
      >
        <Icon name="close" />
      </button>
    </section>
  );
};
