import { expect, test } from "vitest";
import { type Expectation, figuresOf } from "./scenario.ts";

const expects = (asset: string, metric: string): Expectation => ({
  atS: 0,
  asset,
  metric,
  is: ">",
  value: 0,
  because: { zh: "", en: "" },
});

test("a scenario is about what its file names", () => {
  const figures = [{ asset: "h/wx", metric: "pm10" }];
  expect(figuresOf({ figures, expectations: [expects("site", "pvPower")] })).toEqual(figures);
});

test("else about the first things it expects something of, each metric once, no more than a strip has room for", () => {
  const expectations = [
    expects("a/b01/ch04", "status"),
    expects("a/b01/ch05", "status"),
    expects("a/b01", "inletMax"),
    expects("site", "pvPower"),
    expects("h/wx", "pm10"),
    expects("h/wx", "visibility"),
  ];
  expect(figuresOf({ expectations }).map(({ asset, metric }) => `${asset} ${metric}`)).toEqual([
    "a/b01/ch04 status",
    "a/b01 inletMax",
    "site pvPower",
    "h/wx pm10",
  ]);
});
