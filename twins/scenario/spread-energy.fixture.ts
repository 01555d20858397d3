import type { Figure, Spread } from "./spread.fixture.ts";

const it: Figure = ["site", "itPower"];
const otherTurbine: Figure = ["i/wt03", "power"];
const otherTable: Figure = ["i/pv02", "power"];

/** Of sun, wind and storage. */
export const energySpreads: readonly Spread[] = [
  {
    fault: "curtail",
    asset: "site",
    severity: 0.7,
    withinS: 120,
    changes: [
      { of: ["site", "windPower"], falls: 0.3 },
      { of: ["i/wt01", "powerLimit"], below: 2000 },
      { of: ["site", "gridPower"], above: -4000 },
    ],
    same: [it, otherTable],
  },
  {
    fault: "thermalRunaway",
    asset: "i/bat01",
    withinS: 300,
    changes: [
      { of: ["i/bat01", "smokeDetect"], is: 1 },
      { of: ["i/bat01", "temperature"], above: 80 },
      { of: ["i/bat01", "status"], is: 2 },
    ],
    same: [it],
  },
  {
    fault: "isolated",
    asset: "i/bat01",
    withinS: 60,
    changes: [{ of: ["i/bat01", "status"], is: 0 }],
    same: [it, ["site", "pvPower"]],
  },
  {
    fault: "failed",
    asset: "i/wt01",
    withinS: 120,
    changes: [
      { of: ["i/wt01", "power"], is: 0 },
      { of: ["i/wt01", "status"], is: 2 },
      { of: ["site", "windPower"], falls: 0.2 },
    ],
    same: [it, otherTable],
  },
  {
    fault: "iced",
    asset: "i",
    severity: 0.6,
    season: "winter",
    withinS: 120,
    changes: [{ of: ["site", "windPower"], falls: 0.1 }],
    same: [it],
  },
  {
    fault: "icing",
    asset: "i/wt01",
    season: "winter",
    withinS: 4500,
    changes: [{ of: ["i/wt01", "power"], falls: 0.1 }],
    same: [it, otherTurbine],
  },
  {
    fault: "failed",
    asset: "i/pv01",
    withinS: 10,
    changes: [
      { of: ["i/pv01", "power"], is: 0 },
      { of: ["site", "pvPower"], falls: 0.2 },
    ],
    same: [it, otherTable],
  },
  {
    fault: "soiled",
    asset: "i/pv01",
    severity: 0.5,
    withinS: 10,
    changes: [{ of: ["i/pv01", "power"], falls: 0.3 }],
    same: [it, otherTable],
  },
];
