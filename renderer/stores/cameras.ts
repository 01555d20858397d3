/**
 * Saved cameras: places to stand that go with the campus itself, by what they show. `home` is the overview. Where a
 * twin lacks what one shows, it stands at home.
 */
export const cameraIds = [
  "home",
  "region",
  "campus",
  "front",
  "approach",
  "rows",
  "street",
  "hall",
  "room",
  "rack",
  "solar",
  "wind",
  "storage",
  "energy",
  "yard",
  "noc",
  "exchange",
  "cityBrain",
  "portals",
] as const;
export type CameraId = (typeof cameraIds)[number];

export const isCameraId = (text: string): text is CameraId => cameraIds.some((id) => id === text);
