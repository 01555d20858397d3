/**
 * What the dispatcher wants of storage, kW (+ discharge): fill the valley by night and the sunny noon, help the evening
 * peak, and take what wind and sun deliver above the load instead of exporting it.
 */
export const wantedStorage = (siteHour: number, netLoadKw: number, ratedKw: number): number => {
  if (netLoadKw < 0) return Math.max(-ratedKw, netLoadKw);
  if (siteHour < 5.5) return -0.4 * ratedKw;
  if (siteHour >= 11 && siteHour < 14) return -0.55 * ratedKw;
  if (siteHour >= 17.5 && siteHour < 22) return 0.7 * ratedKw;
  return 0;
};
