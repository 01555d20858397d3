/** Words for the sky. */
export type Sky = "clear" | "fewClouds" | "cloudy" | "overcast" | "dust";

/** PM10 at which a dust day is called one, µg/m³ (HJ 633-2012: over 600 is beyond the scale of the air quality index). */
const dustPm10 = 600;

/** Cloud cover in the eighths that observers use (WMO okta), as words; dust hides the sky and goes first. */
export const skyOf = (cloudPercent: number | null, pm10: number | null): Sky | null => {
  if (pm10 !== null && pm10 >= dustPm10) return "dust";
  if (cloudPercent === null) return null;
  if (cloudPercent < 12.5) return "clear";
  if (cloudPercent < 50) return "fewClouds";
  return cloudPercent < 87.5 ? "cloudy" : "overcast";
};
