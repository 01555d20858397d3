import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { faultsAt, metricsOf } from "#twins/physics/faults/catalogue.ts";
import type { FaultKind } from "#twins/physics/faults/kind.ts";
import { usePlantOrder } from "./FaultsInForce.tsx";
import { RefusalText } from "./RefusalText.tsx";
import { Section } from "./Section.tsx";

/** Steps of severity, %. */
const severities = [25, 50, 75, 100] as const;

/** How many assets below a place a fault of another class would be in; null for one that is in the asset itself. */
const struckBelow = (twin: Twin, asset: AssetRef, { className }: FaultKind): number | null => {
  if (className === null || className === asset.className) return null;
  const [start, end] = twin.rangeBelow(asset, className) ?? [0, 0];
  return end - start;
};

/**
 * Breaks something in our own simulated plant. There is no such form where an outside broker is read, and the feed refuses
 * it there too.
 */
export const InjectFault = ({ asset }: { asset: AssetRef }) => {
  const { session, twin } = useServices();
  const faults = faultsAt(asset.className).filter((kind) => struckBelow(twin, asset, kind) !== 0);
  if (!session.demo || faults.length === 0) return null;
  return <InjectForm asset={asset} faults={faults} />;
};

/** Faults by what is at fault, in the order of the list. */
const groups = [
  { title: "inject.ofMachines", has: ({ acts, by }: FaultKind) => acts === "condition" && by === "fault" },
  { title: "inject.ofPeople", has: ({ by }: FaultKind) => by === "people" },
  { title: "inject.ofSensors", has: ({ acts }: FaultKind) => acts === "instrument" },
] as const;

/** The order that the form stands at. */
interface Draft {
  readonly kind: FaultKind;
  readonly metric: string | undefined;
  readonly percent: number;
}

const firstMetric = (kind: FaultKind, { className }: AssetRef, before?: string): string | undefined => {
  const metrics = metricsOf(kind, className);
  return metrics.some(({ id }) => id === before) ? before : metrics[0]?.id;
};

const InjectForm = ({ asset, faults }: { asset: AssetRef; faults: readonly FaultKind[] }) => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  const [draft, setDraft] = useState<Draft>(() => ({
    kind: faults[0]!,
    metric: firstMetric(faults[0]!, asset),
    percent: 100,
  }));
  const { give, isBusy, refusal } = usePlantOrder();
  const { kind, metric, percent } = draft;
  const below = struckBelow(twin, asset, kind);
  const inject = (event: FormEvent): void => {
    event.preventDefault();
    void give("plant.inject", {
      fault: kind.id,
      asset: twin.idOf(asset),
      ...(metric !== undefined && { metric }),
      severity: kind.isSwitch ? 1 : percent / 100,
    });
  };
  const choose = (id: string): void => {
    const chosen = faults.find((each) => each.id === id) ?? kind;
    setDraft({ ...draft, kind: chosen, metric: firstMetric(chosen, asset, metric) });
  };
  return (
    <Section title={t("inject.title")}>
      <form className="edit-form inject" onSubmit={inject}>
        <p className="dim">{t("inject.tip")}</p>
        <Choice title={t("inject.fault")} value={kind.id} onChange={choose}>
          {groups.map(({ title, has }) => (
            <FaultGroup key={title} title={t(title)} faults={faults.filter(has)} />
          ))}
        </Choice>
        <p className="inject-follows">{local(kind.follows)}</p>
        {below !== null && kind.className && (
          <p className="dim">
            {t("inject.below", { count: below, name: local(classSpec(kind.className).label) })}
          </p>
        )}
        {metric !== undefined && (
          <Choice
            title={t("inject.metric")}
            value={metric}
            onChange={(id) => setDraft({ ...draft, metric: id })}
          >
            {metricsOf(kind, asset.className).map(({ id, name }) => (
              <option key={id} value={id}>
                {local(name)}
              </option>
            ))}
          </Choice>
        )}
        {!kind.isSwitch && (
          <SeverityChoice percent={percent} onChange={(each) => setDraft({ ...draft, percent: each })} />
        )}
        <div className="edit-foot">
          <button type="submit" className="button" disabled={isBusy}>
            {t(isBusy ? "inject.busy" : kind.by === "people" ? "inject.do" : "inject.act")}
          </button>
        </div>
        {refusal && <RefusalText title={t("inject.refused")} refusal={refusal} />}
      </form>
    </Section>
  );
};

interface ChoiceProps {
  readonly title: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

const Choice = ({ title, value, onChange, children }: ChoiceProps) => {
  const id = useId();
  return (
    <div className="edit-field">
      <label htmlFor={id}>{title}</label>
      <select id={id} className="filter" value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </div>
  );
};

const FaultGroup = ({ title, faults }: { title: string; faults: readonly FaultKind[] }) => {
  const local = useLocal();
  if (faults.length === 0) return null;
  return (
    <optgroup label={title}>
      {faults.map(({ id, name }) => (
        <option key={id} value={id}>
          {local(name)}
        </option>
      ))}
    </optgroup>
  );
};

const SeverityChoice = ({ percent, onChange }: { percent: number; onChange: (percent: number) => void }) => {
  const t = useT();
  return (
    <div className="edit-field">
      <span>{t("inject.severity")}</span>
      <fieldset className="segments" aria-label={t("inject.severity")}>
        {severities.map((each) => (
          <button key={each} type="button" aria-pressed={each === percent} onClick={() => onChange(each)}>
            {t("inject.severityOf", { n: each })}
          </button>
        ))}
      </fieldset>
    </div>
  );
};
