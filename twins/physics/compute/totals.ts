import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { powerPairs } from "#twins/physics/places.ts";
import type { Grouping, Groups } from "./groups.ts";
import { firsts, groupBy, groupTwin, means, sums } from "./groups.ts";
import type { DealtRacks, RackFacts } from "./racks.ts";

/**
 * Rows summed for years. Racks of neighbouring rows of one room, job and feed become one rack, with the rating, power
 * and coolant of all of them and the mean of what is a temperature; like air handlers of a room become one, which
 * stands for them. A campus of 100,000 racks steps a fiftieth of them; its sums stay the same within 0.1 %
 * (totals.test.ts). Everything else stays as it is.
 */

/** Room and feeds of each row of racks. */
const feedsOfRows = (twin: Twin): readonly string[] => {
  const { count, parentClass, parentRow } = twin.table("row");
  const feeds = Array.from({ length: count }, (_, row) => `${parentClass[row]} ${parentRow[row]}: fed by`);
  const pairs = powerPairs(twin.links, "ups", "row");
  for (let i = 0; i < pairs.length; i += 2) feeds[pairs[i + 1]!] += ` ${pairs[i]}`;
  return feeds;
};

/** Rows as jobs have them, and as power meets them: by room, feed and job, and whatever the job. */
const groupRows = (
  twin: Twin,
  jobOfRack: Int32Array,
): { readonly byJob: Groups; readonly byFeed: Groups } => {
  const feeds = feedsOfRows(twin);
  const jobOf = (row: number): number | string => {
    const racks = twin.rangeBelow({ className: "row", row }, "rack");
    return racks ? jobOfRack[racks[0]]! : "none";
  };
  return {
    byJob: groupBy(feeds.length, (row) => `${feeds[row]}, job ${jobOf(row)}`),
    byFeed: groupBy(feeds.length, (row) => feeds[row]!),
  };
};

/** Air handlers of one room and of one size. */
const groupAirUnits = (twin: Twin): Groups => {
  const table = twin.table("crah");
  const { parentClass, parentRow } = table;
  const ratedKw = table.attribute("ratedKw");
  const capacityKw = table.attribute("capacityKw");
  return groupBy(
    table.count,
    (unit) => `${parentClass[unit]} ${parentRow[unit]}: ${ratedKw?.[unit]} of ${capacityKw?.[unit]} kW`,
  );
};

/** Rows that each group stands for. */
const sizes = ({ starts }: Groups): Int32Array =>
  Int32Array.from({ length: starts.length - 1 }, (_, group) => starts[group + 1]! - starts[group]!);

const groupRacks = (twin: Twin, jobOfRack: Int32Array, rows: Groups): Groups => {
  const { count, parentClass, parentRow } = twin.table("rack");
  const rowOf = new Int32Array(count).fill(-1);
  for (let row = 0; row < twin.table("row").count; row++) {
    const racks = twin.rangeBelow({ className: "row", row }, "rack");
    if (racks) rowOf.fill(rows.ofRow[row]!, racks[0], racks[1]);
  }
  return groupBy(count, (rack) =>
    rowOf[rack]! >= 0
      ? `row ${rowOf[rack]}, job ${jobOfRack[rack]}`
      : `${parentClass[rack]} ${parentRow[rack]}, job ${jobOfRack[rack]}`,
  );
};

/** Facts of the groups. */
const groupFacts = (facts: RackFacts, racks: Groups, rows: Groups): RackFacts => {
  const installed = (rack: number): number => facts.installedKw[rack]!;
  const spanned = (rack: number): number => facts.spanKw[rack]!;
  const installedKw = sums(facts.installedKw, racks);
  // Per kW of one rack; the group's kW are those of many.
  const recirculated = facts.recirculation.map((perKw, rack) => perKw * facts.installedKw[rack]!);
  return {
    ratedKw: sums(facts.ratedKw, racks),
    occupied: sums(facts.occupied, racks),
    installedKw,
    liquid: firsts(facts.liquid, racks),
    accelerated: firsts(facts.accelerated, racks),
    gain: means(facts.gain, racks, spanned),
    idleKw: sums(facts.idleKw, racks),
    spanKw: sums(facts.spanKw, racks),
    phaseSin: means(facts.phaseSin, racks, spanned),
    phaseCos: means(facts.phaseCos, racks, spanned),
    placeK: means(facts.placeK, racks, installed),
    recirculation: means(recirculated, racks, installed).map((k, group) =>
      installedKw[group]! > 0 ? k / installedKw[group]! : 0,
    ),
    flow: sums(facts.flow, racks),
    row: firsts(facts.row, racks).map((row) => (row < 0 ? row : rows.ofRow[row]!)),
    bootDelayS: means(facts.bootDelayS, racks, installed),
  };
};

/** What a plant is made of, row by row or with like rows summed. */
export interface Makings {
  readonly twin: Twin;
  /** The same racks in the rows that jobs are given: where these are summed, a row of `twin` has several jobs. */
  readonly places: Twin;
  readonly dealt: DealtRacks;
  /** Like air handlers that each stands for; 1 each when absent. */
  readonly unitsOfCrah?: Int32Array;
}

/** A twin and its racks with rows of racks, and like air handlers, summed. */
export const sumRows = (twin: Twin, { facts, jobs }: DealtRacks): Makings => {
  const { byJob, byFeed } = groupRows(twin, jobs.ofRack);
  const racks = groupRacks(twin, jobs.ofRack, byJob);
  const units = groupAirUnits(twin);
  const rated = twin.table("rack").attribute("ratedKw");
  const rack: Grouping = {
    groups: racks,
    attribute: (name, column) => {
      if (name === "ratedKw") return sums(column, racks);
      // Rating × occupied stays the rating of the racks with servers.
      return name === "occupied" ? means(column, racks, (row) => rated?.[row] ?? 1) : undefined;
    },
  };
  const grouped = (rows: Groups): Twin =>
    groupTwin(
      twin,
      new Map<ClassName, Grouping>([
        ["row", { groups: rows }],
        ["rack", rack],
        ["crah", { groups: units }],
      ]),
    );
  return {
    twin: grouped(byFeed),
    places: grouped(byJob),
    dealt: {
      facts: groupFacts(facts, racks, byFeed),
      jobs: { ...jobs, ofRack: firsts(jobs.ofRack, racks) },
      rowsOfRow: sizes(byJob),
    },
    unitsOfCrah: sizes(units),
  };
};
