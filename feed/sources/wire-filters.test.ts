import { expect, test } from "vitest";
import { covers } from "./topic-filter.ts";
import { wireFilters } from "./wire-filters.ts";

const all = ({ declarations, metadata, values, wide }: ReturnType<typeof wireFilters>): readonly string[] => [
  ...declarations,
  ...metadata,
  ...values,
  ...(wide ?? []),
];

test.each([
  ["auto", ["spBv1.0/#", "#"], []],
  ["dsx", ["BMS/v1/+/Value/#"], ["spBv1.0/#", "#"]],
  ["bulk", ["HT/v1/PUB/Bulk/#", "HT/v1/PUB/BulkLayout/#"], ["spBv1.0/#", "#"]],
  ["sparkplug", ["spBv1.0/#", "HT/v1/PUB/Source/#"], ["BMS/v1/+/Value/#", "#"]],
  ["json", ["telegraf/+/redfish", "HT/v1/PUB/Source/#"], ["BMS/v1/+/Value/#", "#"]],
] as const)("%s subscribes to its topics and no others", (wire, wanted, unwanted) => {
  const filters = all(wireFilters({ wire, filters: null }, wire === "json" ? ["telegraf/+/redfish"] : []));
  for (const filter of wanted) expect(filters).toContain(filter);
  for (const filter of unwanted) expect(filters).not.toContain(filter);
});

test.each([
  [["BMS/v1/PUB/+/Rack/#"]],
  [["#"]],
  [["site/a/#", "HT/#"]],
  [["$SYS/broker/#", "BMS/#"]],
  [["BMS/v1/PUB/Value/Rack/RackPower/x"]],
])("nothing beyond what is allowed: %s", (allowed) => {
  for (const wire of ["auto", "dsx", "bulk", "sparkplug", "json"] as const)
    for (const filter of all(wireFilters({ wire, filters: allowed }, ["site/+/power", "#"])))
      expect(
        allowed.some((limit) => covers(limit, filter)),
        `${wire}: ${filter}`,
      ).toBe(true);
});

test("what is asked for is listened to, though no wire is known for it", () => {
  const { values, wide } = wireFilters({ wire: "auto", filters: ["site/#", "BMS/v1/#", "$SYS/broker/#"] });
  expect(values).toEqual(["BMS/v1/+/Value/#", "site/#", "$SYS/broker/#"]);
  expect(wide).toEqual(["site/#", "BMS/v1/#", "$SYS/broker/#"]);
});

test("filters and wire may have nothing in common: then there is nothing to read", () => {
  expect(wireFilters({ wire: "sparkplug", filters: ["BMS/#"] }).values).toEqual([]);
});
