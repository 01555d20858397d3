/** English texts of what the library shows of the twin beside published figures. */
export const enFigures = {
  "figures.none": "This twin has no published figures that it could be set beside.",
  "figures.cardTip": "The whole card; {grade}",
  "figure.over": "over {value}",

  "figure.share": "Share of AI compute",
  "figure.shareRing": "Published share of AI compute: {share} %. Not telemetry.",
  "figure.shareAi": "AI compute",
  "figure.shareNote": "Published, not telemetry: the ring is dashed and moves with nothing.",

  "figure.trend": "Published compute",
  "figure.trendPlot": "Published compute over time, as single points with date and grade",
  "figure.trendNote":
    "Points only: the dashed line leads the eye, nothing between them is known. P (precision not stated). Scopes differ and are never added up; quarantined figures are not drawn. The place of “spring 2025” on the axis is ours (derived, D).",

  "figure.green": "Green power",
  "figure.greenOwn": "This twin now",
  "figure.greenOwnNote": "on-site wind and solar ÷ total power at this instant, no certificates",
  "figure.greenNote":
    "Dashed bars are published; definitions and dates differ. About 16 % of a year's load could come from the demonstration project (derived, D): most of “over 80 %” must be other procurement.",

  "figure.price": "Electricity price",
  "figure.priceNone":
    "No tariff is configured: nothing here costs anything, and the published price takes its place nowhere.",
  "figure.priceSource": "Configured tariff: {source}, {date}",
  "figure.price.deepValley": "Deep valley",
  "figure.price.valley": "Valley",
  "figure.price.flat": "Flat",
  "figure.price.peak": "Peak",
  "figure.price.sharp": "Sharp peak",

  "figure.stages": "Build stages",
  "figure.stagesUnit": "buildings",
  "figure.stagesNote":
    "{all} buildings of the twin, an illustrative layout: built ones solid in the scene, those under construction at half height with cranes, planned ones as outlines. Buildings are not projects: the published 46 are another scope.",

  "figure.inference": "One request: tokens, energy, carbon",
  "figure.inference.bonc": "A question to an office model",
  "figure.inference.report": "One laboratory report read",
  "figure.inference.request": "request",
  "figure.inference.tokens": "tokens out",
  "figure.inference.itWh": "Wh at servers",
  "figure.inference.facilityWh": "Wh with cooling",
  "figure.inference.grams": "g CO₂",
  "figure.inference.assumed": "assumed",
  "figure.inference.a.tokens": "Tokens: {bonc} for a question, {report} for a report (assumed by us).",
  "figure.inference.a.energy":
    "Energy: {wh} Wh for {tokens} tokens out, an outside estimate for a large model ({source}, {date}), in proportion to tokens (assumed by us).",
  "figure.inference.a.pue": "PUE: {pue}, this campus, last 15 minutes.",
  "figure.inference.a.ratio":
    "Power ratio: {pue}, this campus at this instant; its PUE window is still filling.",
  "figure.inference.a.fossil":
    "Carbon: {factor} g/Wh, derived from 635,000 t over 760 GWh (D). A fossil factor, not a grid average: with green power it is less.",
  "figure.inference.a.configured": "Carbon: {factor} g/Wh, configured: {source} ({year}).",

  "figure.swing": "Training swing at dawn",
  "figure.swingNow": "Ten-thousand-card building, IT power now",
  "figure.swingPlaying": "The scenario plays now: the strip above the scene tells its course.",
  "figure.swingHow": "A scenario plays a training job whose steps swing the building's power:",

  "figure.walls": "Screens in the scene",
  "figure.walls.noc": "the twin's own values, with their marks",
  "figure.walls.exchange": "published figures with source and date; no live trades",
  "figure.walls.cityBrain": "published figures with source and date",
} as const;
