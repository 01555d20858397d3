import { useMemo } from "react";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { type Relation, relationsOf } from "./relationsModel.ts";
import { Section } from "./Section.tsx";

const shownEachWay = 6;

/** What feeds the asset and what it feeds, as places to go to. */
export const Relations = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const { twin } = useServices();
  const relations = useMemo(() => relationsOf(twin, asset, shownEachWay), [twin, asset]);
  const hasNone = relations.upstream.length + relations.downstream.length === 0;
  return (
    <Section title={t("inspector.relations")}>
      {hasNone && <p className="note">{t("inspector.noRelations")}</p>}
      <Way title={t("inspector.upstream")} relations={relations.upstream} more={relations.moreUpstream} />
      <Way
        title={t("inspector.downstream")}
        relations={relations.downstream}
        more={relations.moreDownstream}
      />
    </Section>
  );
};

const Way = (props: { title: string; relations: readonly Relation[]; more: number }) => {
  const t = useT();
  const local = useLocal();
  const { twin, view } = useServices();
  if (props.relations.length === 0) return null;
  return (
    <div className="way">
      <h4>{props.title}</h4>
      <ul>
        {props.relations.map(({ kind, to }) => (
          <li key={`${kind}:${to.className}:${to.row}`}>
            <span className="link-kind" data-kind={kind}>
              {t(`link.${kind}`)}
            </span>
            <button type="button" className="crumb" title={twin.idOf(to)} onClick={() => flyTo(view, to)}>
              {local(nameOf(twin, to))}
            </button>
          </li>
        ))}
      </ul>
      {props.more > 0 && <p className="dim">{t("inspector.relationsMore", { count: props.more })}</p>}
    </div>
  );
};
