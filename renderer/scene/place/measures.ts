/** Grass beside a carriageway, with a footpath in it and the light of the lamps on it, m on each side. */
export const vergeM = 7;

/** How far the concrete around a hall reaches: wider in front, where goods and people come, m. A service road runs along its rim. */
export const aprons = { sides: 12, back: 12, front: 22, road: 5.5 } as const;

/** Car park: one bay, and one module of bays, aisle, bays and half a planted strip on each side, m. */
export const bays = { wide: 2.6, module: 18.6, middle: 5.9, ends: 8 } as const;
