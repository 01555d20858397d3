import { readDatum } from "#renderer/scene/shader/data.glsl.ts";

/** Per-instance numbers of racks, shared by all that is drawn of them (campus/racks.ts fills them). */
export const rackAttributes = [
  ["iPose", 4],
  ["iSize", 3],
  ["iRows", 4],
] as const;

/** Vertex side: a rack's instance and the value that it shows. */
export const rackInstance = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
/** Row of the rack, of its room, of its layout of devices, 1 where liquid cools. */
attribute vec4 iRows;
uniform highp sampler2DArray uValues;
uniform highp sampler2DArray uStatus;
uniform vec2 uShape;
uniform highp sampler2DArray uRoomValues;
uniform highp sampler2DArray uRoomStatus;
uniform vec2 uRoomShape;
uniform int uColumn;
uniform vec2 uHeat;
uniform float uInherited;
${readDatum}
Datum rackDatum() {
  if (uInherited > 0.5) return readDatum(uRoomValues, uRoomStatus, uRoomShape, int(iRows.y), uColumn, uHeat, 1.0);
  return readDatum(uValues, uStatus, uShape, int(iRows.x), uColumn, uHeat, 1.0);
}
`;
