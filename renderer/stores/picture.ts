/** Steps of the quality ladder, best first (docs/SCENE.md, A weak machine). */
export const pictureSteps = ["wall", "desktop", "laptop", "software"] as const;
export type PictureStep = (typeof pictureSteps)[number];
