import { useState } from "react";
import type { Methods } from "#feed/contract/bridge.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { useFaultsInForce } from "#renderer/ui/faults.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import { formatSiteTime } from "#renderer/ui/time.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText } from "#twins/model/twin.ts";
import { faultAt } from "#twins/physics/faults/catalogue.ts";
import type { FaultClearance, FaultInForce } from "#twins/physics/faults/order.ts";
import { type Refusal, RefusalText, refusalOf } from "./RefusalText.tsx";
import { Section } from "./Section.tsx";

type Order = "plant.inject" | "plant.clear" | "plant.play";

/** Sends one order at a time to the plant, and keeps why it was refused. */
export const usePlantOrder = () => {
  const { bridge } = useServices();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  /** @returns whether it was done */
  const give = async <M extends Order>(method: M, params: Methods[M]["params"]): Promise<boolean> => {
    if (isBusy) return false;
    setBusy(true);
    setRefusal(null);
    try {
      await bridge.request(method, params);
      return true;
    } catch (error) {
      setRefusal(refusalOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { give, isBusy, refusal };
};

const clearanceOf = ({ asset, fault, metric }: FaultInForce): FaultClearance => ({
  asset,
  fault,
  ...(metric !== null && { metric }),
});

const metricName = (className: ClassName, id: string): LocalText =>
  classSpec(className).metrics.find((metric) => metric.id === id)?.name ?? { zh: id, en: id };

/** What is broken in our own simulated plant now, by a scenario or by hand, and the way to repair it. */
export const FaultsInForce = () => {
  const t = useT();
  const faults = useFaultsInForce();
  const { give, isBusy, refusal } = usePlantOrder();
  if (faults.length === 0) return null;
  return (
    <Section title={t("inject.active", { count: faults.length })}>
      <ul className="faults-in-force">
        {faults.map((each) => (
          <FaultLine
            key={`${each.asset} ${each.fault} ${each.metric}`}
            {...each}
            isBusy={isBusy}
            onClear={() => void give("plant.clear", clearanceOf(each))}
          />
        ))}
      </ul>
      <button type="button" className="button" disabled={isBusy} onClick={() => void give("plant.clear", {})}>
        {t("inject.clearAll")}
      </button>
      {refusal && <RefusalText title={t("inject.refused")} refusal={refusal} />}
    </Section>
  );
};

interface FaultLineProps extends FaultInForce {
  readonly isBusy: boolean;
  readonly onClear: () => void;
}

const FaultLine = ({ fault, asset, metric, severity, untilMs, isBusy, onClear }: FaultLineProps) => {
  const t = useT();
  const local = useLocal();
  const { twin, view } = useServices();
  const ref = twin.find(asset);
  const kind = ref && faultAt(ref.className, fault);
  const name = kind ? local(kind.name) : fault;
  const reading = ref && metric !== null ? metricName(ref.className, metric) : null;
  const place = ref ? local(nameOf(twin, ref)) : asset;
  return (
    <li>
      <span>
        <b>{name}</b> {severity < 1 && t("inject.severityOf", { n: Math.round(severity * 100) })}
        {reading && <span>{local(reading)}</span>}
        <button type="button" className="crumb" disabled={!ref} onClick={() => ref && flyTo(view, ref)}>
          {place}
        </button>
        {untilMs !== null && (
          <span className="dim">
            {t("inject.until", { time: formatSiteTime(untilMs, twin.site.utcOffsetMin) })}
          </span>
        )}
      </span>
      <button
        type="button"
        className="button"
        disabled={isBusy}
        aria-label={t("inject.clearOf", { fault: name, asset: place })}
        onClick={onClear}
      >
        {t("inject.clear")}
      </button>
    </li>
  );
};
