import type { Figure, Spread } from "./spread.fixture.ts";

const cool = "a/cool/f1/r1";
const wet = "a/wet/f1/r1";
const pods = "a/pods/f1/r1";
/** Nothing that is computed stops. */
const allOn: Figure = ["site", "racksOn"];
const it: Figure = ["site", "itPower"];

/** Of water, air, liquid, and of the racks that they cool. */
export const coolingSpreads: readonly Spread[] = [
  {
    fault: "containmentLeak",
    asset: cool,
    withinS: 600,
    changes: [
      { of: [cool, "inletMax"], rises: 0.05 },
      { of: [`${cool}/crah01`, "fanSpeed"], rises: 0.1 },
    ],
    same: [["a/wet", "inletMax"]],
  },
  {
    fault: "valveShut",
    asset: cool,
    withinS: 900,
    changes: [{ of: [cool, "inletMax"], rises: 0.3 }],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "fire",
    asset: cool,
    withinS: 600,
    changes: [
      { of: [`${cool}/crah01`, "power"], is: 0 },
      { of: [cool, "inletMax"], rises: 0.3 },
    ],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "ventilated",
    asset: cool,
    also: [{ fault: "valveShut", asset: cool, atS: -10 }],
    season: "winter",
    withinS: 900,
    changes: [{ of: [cool, "inletMax"], falls: 0.1 }],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "leak",
    asset: `${pods}/row01/k01`,
    severity: 0.5,
    withinS: 30,
    changes: [
      { of: [`${pods}/row01/k01`, "leakDetect"], is: 1 },
      { of: [`${pods}/row01/k01`, "power"], is: 0 },
    ],
    same: [[`a/cool`, "itPower"]],
  },
  {
    fault: "seeping",
    asset: `${pods}/row01/k01`,
    withinS: 1200,
    changes: [{ of: [`${pods}/row01/k01`, "power"], is: 0 }],
    same: [[`a/cool`, "itPower"]],
  },
  {
    fault: "shed",
    asset: cool,
    withinS: 180,
    changes: [{ of: [cool, "racksOn"], is: 0 }],
    same: [[wet, "itPower"]],
  },
  {
    fault: "failed",
    asset: `${cool}/crah01`,
    withinS: 120,
    changes: [
      { of: [`${cool}/crah01`, "fanSpeed"], below: 1 },
      { of: [`${cool}/crah02`, "fanSpeed"], rises: 0.1 },
    ],
    same: [it, [`${wet}/crah01`, "fanSpeed"]],
  },
  {
    fault: "filterClogged",
    asset: cool,
    severity: 0.5,
    withinS: 120,
    changes: [
      { of: [`${cool}/crah01`, "filterPressure"], rises: 2 },
      { of: [`${cool}/crah01`, "power"], rises: 0.1 },
    ],
    same: [it, [`${wet}/crah01`, "filterPressure"]],
  },
  {
    fault: "valveStuck",
    asset: `${cool}/crah01`,
    withinS: 120,
    changes: [{ of: [`${cool}/crah01`, "supplyTemperature"], rises: 0.2 }],
    same: [[`${wet}/crah01`, "supplyTemperature"]],
  },
  {
    fault: "failed",
    asset: `${pods}/cdu01`,
    withinS: 60,
    changes: [
      { of: [`${pods}/cdu01`, "flow"], below: 10 },
      { of: [`${pods}/cdu02`, "flow"], rises: 0.2 },
    ],
    same: [allOn],
  },
  {
    fault: "leak",
    asset: `${pods}/cdu01`,
    severity: 0.3,
    withinS: 120,
    changes: [
      { of: [`${pods}/cdu01`, "leakDetect"], is: 1 },
      { of: [`${pods}/cdu01`, "power"], is: 0 },
      { of: [`${pods}/cdu02`, "flow"], rises: 0.2 },
    ],
    same: [allOn],
  },
  {
    fault: "seeping",
    asset: `${pods}/cdu01`,
    withinS: 1800,
    changes: [
      { of: [`${pods}/cdu01`, "leakDetect"], is: 1 },
      { of: [`${pods}/cdu02`, "flow"], rises: 0.2 },
    ],
    same: [["a/cool", "itPower"]],
  },
  {
    fault: "controlLockout",
    asset: "a/cool",
    // Everything stops in the dip; without the lock it starts again.
    also: [{ fault: "sag", asset: "site", severity: 0.5, forS: 3, atS: 30 }],
    withinS: 900,
    changes: [
      { of: ["a/cool/p01", "status"], is: 3 },
      { of: ["a/cool/ch01", "status"], is: 3 },
      { of: ["a/cool", "inletMax"], rises: 0.2 },
    ],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "loopAir",
    asset: "a/cool",
    withinS: 600,
    changes: [
      { of: ["a/cool/p01", "power"], falls: 0.3 },
      { of: ["a/cool/ch01", "power"], is: 0 },
      { of: ["a/cool", "inletMax"], rises: 0.2 },
    ],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "airIngress",
    asset: "a/cool",
    withinS: 2400,
    changes: [{ of: ["a/cool", "inletMax"], rises: 0.2 }],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "valveShut",
    asset: "a/cool",
    withinS: 900,
    changes: [
      { of: ["a/cool/f1/r1", "inletMax"], rises: 0.2 },
      { of: ["a/cool/f1/r2", "inletMax"], rises: 0.2 },
    ],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "failed",
    asset: "a/cool/ch01",
    withinS: 400,
    changes: [
      { of: ["a/cool/ch01", "status"], is: 2 },
      { of: ["a/cool/ch01", "power"], is: 0 },
      { of: ["a/cool/ch02", "power"], above: 20 },
    ],
    same: [it],
  },
  {
    fault: "lockedOut",
    asset: "a/cool/ch01",
    withinS: 400,
    changes: [
      { of: ["a/cool/ch01", "status"], is: 3 },
      { of: ["a/cool/ch02", "power"], above: 20 },
    ],
    same: [it],
  },
  {
    fault: "fouled",
    asset: "a/cool/ch01",
    withinS: 60,
    changes: [{ of: ["a/cool/ch01", "power"], rises: 0.1 }],
    same: [it],
  },
  {
    fault: "fouling",
    asset: "a/cool/ch01",
    withinS: 3600,
    changes: [{ of: ["a/cool/ch01", "power"], rises: 0.0005 }],
    same: [it],
  },
  {
    fault: "failed",
    asset: "a/cool/ct01",
    withinS: 600,
    changes: [
      { of: ["a/cool/ct01", "fanSpeed"], is: 0 },
      { of: ["a/cool/ct02", "heat"], rises: 0.5 },
      { of: ["a/cool/ct02", "leavingTemperature"], rises: 0.02 },
    ],
    same: [it],
  },
  {
    fault: "frozen",
    asset: "a/cool",
    season: "winter",
    withinS: 1800,
    changes: [
      { of: ["a/cool/ct01", "heat"], is: 0 },
      { of: ["a/cool", "inletMax"], rises: 0.1 },
    ],
    same: [[wet, "inletMax"]],
  },
  {
    fault: "sprayLost",
    asset: "a/pods",
    withinS: 900,
    changes: [
      { of: ["a/pods/ct01", "makeUpWater"], is: 0 },
      { of: ["a/pods/ct01", "power"], rises: 0.1 },
    ],
    same: [["a/cool", "itPower"]],
  },
  {
    fault: "failed",
    asset: "a/cool/p01",
    withinS: 60,
    changes: [
      { of: ["a/cool/p01", "power"], is: 0 },
      { of: ["a/cool/p02", "power"], above: 5 },
    ],
    same: [it],
  },
  {
    fault: "lockedOut",
    asset: "a/cool/p01",
    withinS: 60,
    changes: [
      { of: ["a/cool/p01", "status"], is: 3 },
      { of: ["a/cool/p01", "power"], is: 0 },
      { of: ["a/cool/p02", "power"], above: 5 },
    ],
    same: [it],
  },
];
