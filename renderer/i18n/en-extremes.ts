/** Highest and lowest of what a picture shows; the axes of a short trend; whose values a legend tells. */
export const enExtremes = {
  "pin.highest": "Highest in view · {name}",
  "pin.lowest": "Lowest in view · {name}",
  "pin.nearHighest": "Highest near by · {name}",
  "pin.nearLowest": "Lowest near by · {name}",
  "pin.rack": "{row}, {rack}",
  "energy.scene.idle": "gives nothing now",
  "legend.nowIn": "{name} now",
  "legend.ends": "Lowest {low}, highest {high}",
  "subject.trendAgo": "{n} min ago",
  "subject.trendBefore": "No samples before {n} s ago",
  "subject.trendAxis": "axis does not begin at 0",
  "subject.trendNow": "now",
} as const;
