import type { OriginName } from "#twins/model/quality.ts";
import { isMarked, type Look } from "./look.ts";
import { useT } from "./text.ts";

/** A small labelled chip: simulated, demo, illustrative. `tip` says more to pointer and screen reader. */
export const Mark = (props: { text: string; tip?: string; kind?: "simulated" | "demo" | "plain" }) => (
  <span className="mark" data-kind={props.kind ?? "plain"} title={props.tip}>
    {props.text}
  </span>
);

/** The origin's word, where it needs one: simulated, external sample, interpolated. */
export const OriginMark = ({ origin }: { origin: OriginName }) => {
  const t = useT();
  if (!isMarked(origin)) return null;
  return <Mark text={t(`origin.${origin}`)} kind={origin === "interpolated" ? "plain" : "simulated"} />;
};

/** The doubt's word: late, stale, bad, never seen, uncertain. Nothing for a good value. */
export const LookMark = ({ look }: { look: Look }) => {
  const t = useT();
  if (look === "good") return null;
  if (look === "none") return <span className="look-mark">{t("value.none")}</span>;
  const text =
    look === "never" || look === "stale" || look === "late" ? t(`freshness.${look}`) : t(`quality.${look}`);
  return (
    <span className="look-mark" data-look={look}>
      {text}
    </span>
  );
};
