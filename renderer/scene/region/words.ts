import { Vector3 } from "three";
import { translator } from "#renderer/i18n/translate.ts";
import type { Label, Language } from "#renderer/scene/campus/labels.ts";
import { formatCompute, formatNumber } from "#renderer/ui/format.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type CentreSpot, type Diagram, radiusOf, ringLetterAt, ringsMs, type Spot } from "./diagram.ts";
import type { CentreFlow } from "./flow.ts";
import type { Letters } from "./lettering.ts";

/** What lies on the plane: rings in milliseconds, and what kind of picture this is. */
export const lettersOf = (language: Language, { home }: Diagram, isWide = false): Letters[] => {
  const t = translator(language);
  return [
    ...ringsMs.map(
      (ms): Letters => ({
        text: t("region.ring", { ms }),
        at: ringLetterAt(ms, home),
        tallM: 1400,
        strength: 0.95,
      }),
    ),
    // A wide picture has no room below the diagram; there the key alone says so.
    ...(isWide ? [] : [notMap(t("region.notMap"), home)]),
  ];
};

const notMap = (text: string, home: Spot): Letters => ({
  text,
  at: { x: home.x, z: home.z + radiusOf(25) + 3900 },
  tallM: 1700,
  strength: 0.3,
});

export interface RegionWords {
  readonly twin: Twin;
  readonly language: Language;
  readonly diagram: Diagram;
  /** Where the link of each centre is labelled. */
  readonly tops: readonly Vector3[];
  readonly flow: CentreFlow;
  /** Height of labels above their points, CSS pixels. */
  readonly lift: number;
}

/** Rank of the names of centres. */
export const rankOfCentres = 1;

/** Names and values of all points and links; a value that is not usable is "—", and none is invented. */
export const labelsOf = ({ twin, language, diagram, tops, flow, lift }: RegionWords): Label[] => {
  const t = translator(language);
  const centres = twin.table("centre");
  const number = (value: number, decimals = 0): string =>
    Number.isNaN(value) ? "—" : formatNumber(value, decimals);
  const idle = (row: number): string => {
    const value = flow.value(row, "idleP");
    return Number.isNaN(value) ? "—" : formatCompute(value, language);
  };
  const named = ({ row, hub }: CentreSpot): string =>
    hub
      ? t("region.centreHub", { name: centres.nameOf(row)[language], hub: hub[language] })
      : centres.nameOf(row)[language];
  const at = ({ x, z }: { readonly x: number; readonly z: number }): Vector3 => new Vector3(x, 0, z);
  const home = (): Label => {
    const { row } = diagram.home;
    const rate = flow.value(row, "gbitPerS");
    const values =
      rate > 0
        ? t("region.homeArriving", {
            idle: idle(row),
            rate: number(rate),
            moved: number(flow.value(row, "movedTb"), 1),
          })
        : t("region.homeValues", { idle: idle(row), jobs: number(flow.value(row, "jobs")) });
    return { text: `${named(diagram.home)}\n${values}`, at: at(diagram.home), rank: 0, lift: lift * 3.55 };
  };
  const values = (row: number): string =>
    t("region.centreValues", { idle: idle(row), jobs: number(flow.value(row, "jobs")) });
  // The published circle of two hours between the two cities is named on their link.
  const circleAt = twin.facts.find(({ id }) => id === "two-hour-circle")?.asset;
  const circle = circleAt === undefined ? undefined : twin.find(circleAt)?.row;
  const link = (row: number): string => {
    const latency = t("region.roundTrip", { ms: number(flow.value(row, "latencyMs"), 1) });
    const rate = flow.value(row, "gbitPerS");
    const told = row === circle ? t("region.linkCircle", { latency }) : latency;
    return rate > 0 ? t("region.linkMoving", { latency: told, rate: number(rate) }) : told;
  };
  const portals = twin.table("portal");
  return [
    home(),
    ...diagram.centres.map(
      (centre): Label => ({
        text: `${named(centre)}\n${values(centre.row)}`,
        at: at(centre),
        rank: rankOfCentres,
        lift,
      }),
    ),
    ...diagram.centres.map(({ row }, i): Label => ({ text: link(row), at: tops[i]!, rank: 2 })),
    ...diagram.hubs.map(
      (hub): Label => ({
        text: portals.nameOf(hub.row)[language],
        at: at(hub),
        rank: 3,
        lift: lift * 0.28,
      }),
    ),
  ];
};
