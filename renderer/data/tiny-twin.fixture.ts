import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { AssetTable, LinkTable, Twin } from "#twins/model/twin.ts";

const tableOf = (className: ClassName, count: number): AssetTable => ({
  className,
  count,
  parentClass: new Uint8Array(count).fill(255),
  parentRow: new Int32Array(count),
  pose: new Float32Array(count * 4),
  size: new Float32Array(count * 3),
  attribute: () => undefined,
  idOf: (row) => `${className}/${row}`,
  nameOf: (row) => ({ zh: `${className} ${row}`, en: `${className} ${row}` }),
});

const noLinks: LinkTable = {
  count: 0,
  kind: new Uint8Array(0),
  fromClass: new Uint8Array(0),
  fromRow: new Int32Array(0),
  toClass: new Uint8Array(0),
  toRow: new Int32Array(0),
};

/** A twin of so many rows per class, flat, for tests: asset ids are `class/row`. */
export const tinyTwin = (counts: Partial<Record<ClassName, number>>, epoch = 7): Twin => {
  const tables = new Map(classNames.map((name) => [name, tableOf(name, counts[name] ?? 0)]));
  return {
    id: "tiny",
    name: { zh: "小园区", en: "Tiny" },
    site: { latitudeDeg: 40.4, longitudeDeg: 111.8, altitudeM: 1050, utcOffsetMin: 480 },
    illustrative: true,
    epoch,
    tables,
    links: noLinks,
    facts: [],
    tariff: null,
    carbonFactors: [],
    mapApproval: null,
    reconciliation: { lines: [], sumMw: 0, publishedMw: 0, residualMw: 0, note: { zh: "", en: "" } },
    problems: [],
    aliases: new Map(),
    table: (name) => tables.get(name)!,
    find: (id) => {
      const [name, row] = id.split("/");
      const table = [...tables.values()].find((each) => each.className === name);
      return table && Number(row) < table.count
        ? { className: table.className, row: Number(row) }
        : undefined;
    },
    idOf: ({ className, row }) => `${className}/${row}`,
    parentOf: () => undefined,
    rangeBelow: () => null,
  };
};
