import type { Language, Translate } from "#renderer/i18n/translate.ts";
import { openLibrary } from "#renderer/stores/library.ts";
import { stageOf } from "#renderer/ui/assets.ts";
import { formatNumber, formatQuantity, joinQuantity } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { type AssetRef, coolingSystems, meterRoles, type Twin } from "#twins/model/twin.ts";
import { FactCard } from "./facts/FactCard.tsx";
import { Pair, Pairs, Section } from "./Section.tsx";

/** A standard rack (标准机架) is a unit of power, kW (CAMPUS §3). */
const standardRackKw = 2.5;

const stages = ["planned", "construction", "built"] as const;

interface Words {
  readonly t: Translate;
  readonly language: Language;
}

/** How each known attribute is written; an attribute that is missing here is internal and not shown. */
const writers = {
  ratedKw: (value, { language }) => joinQuantity(formatQuantity(value, "kW", { language, resolution: 0.1 })),
  stage: (value, { t }) => t(`stage.${stages[value] ?? "planned"}`),
  cooling: (value, { t }) => t(`cooling.${coolingSystems[value] ?? "towerPlate"}`),
  role: (value, { t }) => t(`role.${meterRoles[value] ?? "aux"}`),
  ratio: (value) => formatNumber(value),
  occupied: (value, { t }) => t(value ? "yes" : "no"),
  liquid: (value, { t }) => t(value ? "yes" : "no"),
  physicalRacks: (value) => formatNumber(value),
  modules: (value) => formatNumber(value),
  floors: (value) => formatNumber(value),
  capacityKwh: (value, { language }) => joinQuantity(formatQuantity(value, "kWh", { language })),
} as const satisfies Record<string, (value: number, words: Words) => string>;

type Attribute = keyof typeof writers;
const attributes = Object.keys(writers) as Attribute[];

const attributeOf = (twin: Twin, asset: AssetRef, attribute: Attribute): number | undefined =>
  attribute === "stage"
    ? stageOf(twin, asset)
    : twin.table(asset.className).attribute(attribute)?.[asset.row];

/** Static facts of an asset, from the inventory (台账): never measured. */
export const AssetFacts = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const table = twin.table(asset.className);
  const size = table.size.subarray(asset.row * 3, asset.row * 3 + 3);
  const below = asset.className === "rack" ? null : twin.rangeBelow(asset, "rack");
  const ratedKw = attributeOf(twin, asset, "ratedKw");
  return (
    <Section title={t("inspector.facts")}>
      <Pairs>
        {attributes.map((attribute) => {
          const value = attributeOf(twin, asset, attribute);
          if (value === undefined || Number.isNaN(value)) return null;
          return (
            <Pair key={attribute} name={t(`fact.${attribute}`)}>
              {writers[attribute](value, { t, language })}
            </Pair>
          );
        })}
        {asset.className === "rack" && ratedKw !== undefined && (
          <Pair name={t("fact.standardRackEq")}>{formatNumber(ratedKw / standardRackKw, 1)}</Pair>
        )}
        {below && <Pair name={t("fact.racks")}>{formatNumber(below[1] - below[0])}</Pair>}
        {size.some((metres) => metres > 0) && (
          <Pair name={t("fact.size")}>
            {`${[...size].map((metres) => formatNumber(metres, 1)).join(" × ")} m`}
            {twin.illustrative && <span className="dim"> {t("mark.illustrative")}</span>}
          </Pair>
        )}
      </Pairs>
    </Section>
  );
};

/** Press and site facts placed at this asset, each with its words, source, date and grade. */
export const PublishedFacts = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const { twin, view } = useServices();
  const id = twin.idOf(asset);
  const facts = twin.facts.filter((fact) => fact.asset === id);
  if (facts.length === 0) return null;
  return (
    <Section title={t("inspector.published")}>
      {facts.map((fact) => (
        <FactCard key={fact.id} fact={fact} />
      ))}
      <p>
        <button type="button" className="crumb" onClick={() => openLibrary(view, "facts", facts[0]!.id)}>
          {t("facts.all")}
        </button>
      </p>
    </Section>
  );
};
