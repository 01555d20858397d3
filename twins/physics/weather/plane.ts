import { cos, sin } from "#twins/physics/maths.ts";
import type { Weather } from "./weather.ts";

const radians = Math.PI / 180;
const albedo = 0.2;

/**
 * Irradiance in the plane of a table, W/m²: beam by geometry, diffuse and ground isotropic (Liu & Jordan).
 * @param azimuthDeg where it faces, clockwise from north; south by default
 */
export const planeIrradiance = (
  weather: Pick<Weather, "sunAltitudeDeg" | "sunAzimuthDeg" | "globalIrradiance" | "diffuseIrradiance">,
  tiltDeg: number,
  azimuthDeg = 180,
): number => {
  const altitude = weather.sunAltitudeDeg * radians;
  const tilt = tiltDeg * radians;
  const beam = weather.globalIrradiance - weather.diffuseIrradiance;
  const cosIncidence =
    sin(altitude) * cos(tilt) +
    cos(altitude) * sin(tilt) * cos((weather.sunAzimuthDeg - azimuthDeg) * radians);
  const onPlane = altitude > 0.05 ? (beam * Math.max(0, cosIncidence)) / sin(altitude) : 0;
  const sky = (1 + cos(tilt)) / 2;
  return onPlane + weather.diffuseIrradiance * sky + weather.globalIrradiance * albedo * (1 - sky);
};
