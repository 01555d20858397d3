import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import { type AnnouncedMetric, isControl, resolveMetric } from "./sparkplug-points.ts";
import { DataType } from "./sparkplug-types.ts";

const aliases = [
  "plant/n1/CH-1,east/b01/ch01",
  "n1/MSB,east/b01/m-main",
  "plant/n2,east/b01/f1/r1/row01/k02",
  "plant/n1/pod/CDU A,west/pods/f1/r1/cdu01",
  "RACK-9,east/b01/f1/r1/row02/k01",
].join("\n");
const twin = loadTwin(sampleFiles({ "aliases.csv": aliases }));

const resolve = (path: string, name: string, more: Partial<AnnouncedMetric> = {}): string => {
  const point = resolveMetric(twin, { path, name, dataType: DataType.Float, unit: "kW", ...more });
  if ("code" in point) return point.code;
  const { scale, offset } = point.conversion;
  return `${twin.idOf(point.ref)} ${point.metricIndex} ${scale} ${offset}`;
};

test.each([
  ["group, node and device as an alias", "plant/n1/CH-1", "power", "east/b01/ch01"],
  ["node and device as an alias", "plant/n1/MSB", "power", "east/b01/m-main"],
  ["the node's own metrics", "plant/n2", "power", "east/b01/f1/r1/row01/k02"],
  ["group, node and device as an asset id", "east/b01/ch02", "power", "east/b01/ch02"],
  ["node and device as an asset id", "any/site/m-grid", "power", "site/m-grid"],
  ["a path below a device, as an alias", "plant/n1/pod", "CDU A/power", "west/pods/f1/r1/cdu01"],
  ["a path that is an alias by itself", "x/y/z", "RACK-9/power", "east/b01/f1/r1/row02/k01"],
  [
    "a path that is an asset id by itself",
    "x/y",
    "east/b01/f1/r1/row01/k03/power",
    "east/b01/f1/r1/row01/k03",
  ],
  ["a DSX point type", "plant/n2", "RackPower", "east/b01/f1/r1/row01/k02"],
])("%s", (_name, path, metric, asset) => {
  expect(resolve(path, metric)).toMatch(new RegExp(`^${asset} \\d+ 1 0$`));
});

test.each<[string, string, string, Partial<AnnouncedMetric>, string]>([
  ["an asset that nobody named", "plant/n9/CH-1", "power", {}, "point-unmapped"],
  ["a group that only looks alike", "other/n1/CH-1", "power", {}, "point-unmapped"],
  ["a metric that the class does not have", "plant/n1/CH-1", "colour", {}, "point-unmapped"],
  ["a point type of two metrics", "east/b01/ch01", "LiquidTemperature", { unit: "Cel" }, "point-unmapped"],
  ["another case", "plant/n1/CH-1", "Power", {}, "point-unmapped"],
  ["a unit of another kind", "plant/n1/CH-1", "power", { unit: "kVA" }, "unit-conflict"],
  ["a unit that nobody knows", "plant/n1/CH-1", "power", { unit: "hp" }, "unit-conflict"],
  ["no unit", "plant/n1/CH-1", "power", { unit: null }, "metadata-invalid"],
  ["a Boolean for a power", "plant/n1/CH-1", "power", { dataType: DataType.Boolean }, "value-type"],
  ["a text", "plant/n1/CH-1", "power", { dataType: DataType.String }, "type-unsupported"],
  ["no type", "plant/n1/CH-1", "power", { dataType: DataType.Unknown }, "type-unsupported"],
  ["a type of a later standard", "plant/n1/CH-1", "power", { dataType: 99 }, "type-unsupported"],
  ["what is computed here", "east/b01/f1", "power", {}, "point-unmapped"],
  ["a KPI", "any/site/x", "itPower", {}, "point-unmapped"],
])("never guessed: %s", (_name, path, metric, more, code) => {
  expect(resolve(path, metric, more)).toBe(code);
});

test("a wire value for what the engine computes is refused", () => {
  expect(resolve("x/y", "east/b01/itPower")).toBe("derived-refused");
});

test("units convert, states need none", () => {
  expect(resolve("plant/n2", "power", { unit: "W" })).toContain(" 0.001 0");
  expect(resolve("plant/n1/CH-1", "status", { unit: null, dataType: DataType.UInt8 })).toContain("ch01");
  expect(resolve("plant/n2", "leakDetect", { unit: null, dataType: DataType.Boolean })).toContain("k02");
});

test("what Sparkplug itself defines is no reading", () => {
  expect(["bdSeq", "Node Control/Rebirth", "Device Control/Reboot"].every(isControl)).toBe(true);
  expect(isControl("Node Info/Serial")).toBe(false);
});
