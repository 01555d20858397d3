import type { Figure, Spread } from "./spread.fixture.ts";

const cool = "a/cool/f1/r1";
/** Nothing that is computed stops. */
const allOn: Figure = ["site", "racksOn"];
const it: Figure = ["site", "itPower"];
const lost = { fault: "gridLost", asset: "site", atS: 10 };
const dip = { fault: "sag", asset: "site", severity: 0.6, forS: 0.5 };

/** Of grid, stations, transformers, banks, generators and breakers. */
export const powerSpreads: readonly Spread[] = [
  {
    fault: "sag",
    asset: "site",
    severity: 0.5,
    withinS: 5,
    changes: [
      { of: [`${cool}/ups1`, "supplyMode"], is: 2 },
      { of: [`${cool}/crah01`, "power"], is: 0 },
      { of: ["site", "coolingPower"], falls: 0.9 },
    ],
    same: [allOn],
  },
  {
    fault: "gridLost",
    asset: "site",
    withinS: 120,
    changes: [
      { of: ["a/cool/gen01", "power"], above: 100 },
      { of: ["site", "pvPower"], is: 0 },
      { of: ["site", "windPower"], is: 0 },
    ],
    same: [allOn],
  },
  {
    fault: "frequencyDrop",
    asset: "site",
    severity: 0.5,
    withinS: 10,
    changes: [{ of: ["h/s110", "frequency"], below: 49.6 }],
    same: [it],
  },
  {
    fault: "open",
    asset: "h/s110",
    withinS: 120,
    changes: [
      { of: ["a/cool/gen01", "power"], above: 100 },
      { of: ["site", "windPower"], is: 0 },
    ],
    same: [allOn],
  },
  {
    fault: "open",
    asset: `${cool}/tx1`,
    withinS: 30,
    changes: [
      { of: [`${cool}/ups1`, "supplyMode"], is: 2 },
      { of: [`${cool}/ups1`, "batteryCharge"], falls: 0.01 },
    ],
    same: [it, [`${cool}/ups2`, "inputPower"]],
  },
  {
    fault: "failed",
    asset: "a/cool/txm1",
    withinS: 30,
    changes: [
      { of: ["a/cool/txm1", "status"], is: 2 },
      { of: ["a/cool/txm2", "power"], rises: 0.8 },
    ],
    same: [it],
  },
  {
    fault: "failed",
    asset: `${cool}/ups1`,
    withinS: 10,
    changes: [{ of: [`${cool}/ups1`, "supplyMode"], is: 3 }],
    same: [it],
  },
  {
    fault: "bypass",
    asset: `${cool}/ups1`,
    withinS: 10,
    changes: [{ of: [`${cool}/ups1`, "inputPower"], falls: 0.02 }],
    same: [it],
  },
  {
    fault: "batteryAged",
    asset: `${cool}/ups1`,
    severity: 0.8,
    also: [{ fault: "open", asset: `${cool}/tx1`, atS: -60 }],
    withinS: 600,
    changes: [
      { of: [`${cool}/ups1`, "supplyMode"], is: 0 },
      { of: [`${cool}/ups2`, "power"], rises: 0.8 },
    ],
    same: [it],
  },
  {
    fault: "failsToStart",
    asset: "a/cool/gen01",
    also: [lost],
    withinS: 180,
    changes: [
      { of: ["a/cool/gen01", "status"], is: 2 },
      { of: ["a/cool/gen02", "power"], rises: 0.2 },
    ],
    same: [allOn],
  },
  {
    fault: "failed",
    asset: "a/cool/gen01",
    also: [lost],
    withinS: 180,
    changes: [
      { of: ["a/cool/gen01", "power"], is: 0 },
      { of: ["a/cool/gen02", "power"], rises: 0.2 },
    ],
    same: [allOn],
  },
  {
    fault: "resetByHand",
    asset: "a/cool",
    also: [
      { ...dip, atS: -50 },
      { ...dip, atS: -45 },
      { ...dip, atS: -40 },
    ],
    withinS: 300,
    changes: [
      { of: ["a/cool/gen01", "power"], is: 0 },
      { of: ["site", "generatorPower"], falls: 0.2 },
    ],
    same: [allOn],
  },
  {
    fault: "breakerOpenA",
    asset: `${cool}/row01`,
    withinS: 10,
    changes: [
      { of: [`${cool}/ups1`, "power"], falls: 0.1 },
      { of: [`${cool}/ups2`, "power"], rises: 0.1 },
    ],
    same: [it],
  },
  {
    fault: "breakerOpenB",
    asset: `${cool}/row01`,
    also: [{ fault: "breakerOpenA", asset: `${cool}/row01`, atS: -10 }],
    withinS: 10,
    changes: [{ of: [`${cool}/row01/k01`, "power"], is: 0 }],
    same: [[`${cool}/row02/k01`, "power"]],
  },
];
