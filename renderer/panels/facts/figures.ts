/** What the library shows of the twin beside published figures, in the order of its page. */
export const figureIds = [
  "share",
  "trend",
  "green",
  "price",
  "stages",
  "inference",
  "swing",
  "walls",
] as const;
export type FigureId = (typeof figureIds)[number];

/** Facts that a figure stands beside; a fact is in one at most. Ids of other twins are in none. */
const factsOfFigure: Readonly<Record<FigureId, readonly string[]>> = {
  share: ["ai-share", "ai-share-hub"],
  trend: [
    "city-compute",
    "site-compute-2024-08",
    "site-compute-2024-12",
    "site-compute-2025-07",
    "site-compute-2026-01",
  ],
  green: [
    "wind-solar-storage",
    "wind-solar-storage-city",
    "site-energy-q1",
    "site-green-2025-07",
    "site-green-park-2024",
  ],
  price: ["price"],
  stages: ["pipeline", "new-deals", "new-deals-projects"],
  inference: ["bonc", "med-ai", "green-project"],
  swing: ["paratera", "paratera-compute"],
  walls: ["cmcc-aidc", "cmcc-aidc-wall", "exchange", "exchange-wall", "city-brain", "city-brain-units"],
};

/** The figure that a fact is shown in, if any. */
export const figureOf = (factId: string): FigureId | undefined =>
  figureIds.find((figure) => factsOfFigure[figure].includes(factId));
