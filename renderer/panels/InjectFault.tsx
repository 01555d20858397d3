import { type FormEvent, useId, useState } from "react";
import { faultName, faultsOf } from "#renderer/i18n/fault-names.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { usePlantOrder } from "./FaultsInForce.tsx";
import { RefusalText } from "./RefusalText.tsx";
import { Section } from "./Section.tsx";

/** Steps of severity, %. */
const severities = [25, 50, 75, 100] as const;

/**
 * Breaks something in our own simulated plant. There is no such form where an outside broker is read, and the feed refuses
 * it there too.
 */
export const InjectFault = ({ asset }: { asset: AssetRef }) => {
  const { session } = useServices();
  const faults = faultsOf(asset.className);
  if (!session.demo || faults.length === 0) return null;
  return <InjectForm asset={asset} faults={faults} />;
};

const InjectForm = ({ asset, faults }: { asset: AssetRef; faults: readonly string[] }) => {
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const id = useId();
  const [fault, setFault] = useState(faults[0] ?? "");
  const [percent, setPercent] = useState<number>(100);
  const { give, isBusy, refusal } = usePlantOrder();
  const inject = (event: FormEvent): void => {
    event.preventDefault();
    void give("plant.inject", { fault, asset: twin.idOf(asset), severity: percent / 100 });
  };
  return (
    <Section title={t("inject.title")}>
      <form className="edit-form inject" onSubmit={inject}>
        <p className="dim">{t("inject.tip")}</p>
        <div className="edit-field">
          <label htmlFor={id}>{t("inject.fault")}</label>
          <select id={id} className="filter" value={fault} onChange={(event) => setFault(event.target.value)}>
            {faults.map((each) => (
              <option key={each} value={each}>
                {faultName(asset.className, each, language)}
              </option>
            ))}
          </select>
        </div>
        <div className="edit-field">
          <span>{t("inject.severity")}</span>
          <fieldset className="segments" aria-label={t("inject.severity")}>
            {severities.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === percent}
                onClick={() => setPercent(each)}
              >
                {t("inject.severityOf", { n: each })}
              </button>
            ))}
          </fieldset>
        </div>
        <div className="edit-foot">
          <button type="submit" className="button" disabled={isBusy}>
            {t(isBusy ? "inject.busy" : "inject.act")}
          </button>
        </div>
        {refusal && <RefusalText title={t("inject.refused")} refusal={refusal} />}
      </form>
    </Section>
  );
};
