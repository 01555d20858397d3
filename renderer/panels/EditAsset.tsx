import { type FormEvent, useMemo, useState } from "react";
import type { TwinEdit } from "#feed/contract/bridge.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef, LocalText, Twin } from "#twins/model/twin.ts";
import { type LocalPlace, localPlace } from "./localPlace.ts";
import { type Refusal, RefusalText, refusalOf } from "./RefusalText.tsx";
import { SaveTwin } from "./SaveTwin.tsx";
import { Section } from "./Section.tsx";

/** What has neither a name nor a place of its own. */
const notEdited: ReadonlySet<ClassName> = new Set(["site", "meter", "system"]);

/** A place of an announced campus is never farther from its parent, m. */
const reachM = 50_000;
const fullTurn = 360;

const fields = ["east", "north", "yaw"] as const;
type Field = (typeof fields)[number];
const limits: Readonly<Record<Field, number>> = { east: reachM, north: reachM, yaw: fullTurn };

type Draft = Readonly<Record<Field | "zh" | "en", string>>;

const draftOf = (name: LocalText, place: LocalPlace): Draft => ({
  zh: name.zh,
  en: name.en,
  east: String(place.east),
  north: String(place.north),
  yaw: String(place.yawDeg),
});

const isNumber = (text: string, limit: number): boolean =>
  text.trim() !== "" && Math.abs(Number(text)) <= limit;

/** Only what was changed: what stays is still laid out by rule when the campus grows. */
const editOf = (id: string, before: Draft, now: Draft): TwinEdit | null => {
  const differs = (...names: readonly (keyof Draft)[]): boolean =>
    names.some((name) => now[name].trim() !== before[name]);
  if (!differs("zh", "en", ...fields)) return null;
  return {
    id,
    ...(differs("zh", "en") && { name: { zh: now.zh.trim(), en: now.en.trim() } }),
    ...(differs("east", "north") && { at: [Number(now.east), Number(now.north)] as const }),
    ...(differs("yaw") && { yawDeg: Number(now.yaw) }),
  };
};

/** Renames and moves an asset of an announced campus; saves the campus where a directory was given. */
export const EditAsset = ({ asset }: { asset: AssetRef }) => {
  const { session } = useServices();
  if (!session.announced) return null;
  return (
    <>
      {!notEdited.has(asset.className) && <EditForm asset={asset} />}
      <SaveTwin />
    </>
  );
};

const parentOf = (twin: Twin, asset: AssetRef): AssetRef =>
  twin.parentOf(asset) ?? { className: "site", row: 0 };

const EditForm = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const local = useLocal();
  const { twin, bridge } = useServices();
  const before = useMemo(() => draftOf(nameOf(twin, asset), localPlace(twin, asset)), [twin, asset]);
  const [draft, setDraft] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const wrong = fields.find((field) => !isNumber(draft[field], limits[field]));
  const edit = wrong ? null : editOf(twin.idOf(asset), before, draft);
  const set = (name: keyof Draft) => (value: string) => {
    setRefusal(null);
    setDraft((now) => ({ ...now, [name]: value }));
  };
  const apply = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!edit || isBusy) return;
    setBusy(true);
    try {
      // The campus that comes of it replaces this one, and this form with it.
      await bridge.request("twin.edit", { edits: [edit] });
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setBusy(false);
  };
  return (
    <Section title={t("edit.title")}>
      <form className="edit-form" onSubmit={(event) => void apply(event)}>
        <Field label={t("edit.nameZh")} value={draft.zh} onChange={set("zh")} lang="zh-CN" />
        <Field label={t("edit.nameEn")} value={draft.en} onChange={set("en")} lang="en" />
        <p className="dim">{t("edit.placeTip", { parent: local(nameOf(twin, parentOf(twin, asset))) })}</p>
        {fields.map((field) => (
          <Field
            key={field}
            label={t(`edit.${field}`)}
            value={draft[field]}
            onChange={set(field)}
            isNumber
            isWrong={field === wrong}
          />
        ))}
        <div className="edit-foot">
          <button type="submit" className="button" disabled={!edit || isBusy}>
            {t(isBusy ? "edit.applying" : "edit.apply")}
          </button>
          {!edit && !wrong && <span className="dim">{t("edit.unchanged")}</span>}
        </div>
        {wrong && (
          <p role="alert">
            {t("edit.badNumber", {
              field: t(`edit.${wrong}`),
              low: -limits[wrong],
              high: limits[wrong],
            })}
          </p>
        )}
        {refusal && <RefusalText title={t("edit.refused")} refusal={refusal} />}
      </form>
    </Section>
  );
};

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lang?: string;
  readonly isNumber?: boolean;
  readonly isWrong?: boolean;
}

const Field = ({ label, value, onChange, lang, isNumber = false, isWrong = false }: FieldProps) => (
  <label className="edit-field">
    <span>{label}</span>
    <input
      className="filter"
      value={value}
      lang={lang}
      maxLength={200}
      inputMode={isNumber ? "decimal" : "text"}
      aria-invalid={isWrong}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
);
