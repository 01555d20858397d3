/** Units as publishers write them, by the UCUM unit they convert to: value × scale + offset. */
export interface Conversion {
  readonly scale: number;
  readonly offset: number;
}

type Dimension = readonly [dimension: string, scale: number, offset?: number];

/** Spellings seen in DSX (its `engUnit` enums and descriptions), UCUM and building systems. */
const dimensions: Readonly<Record<string, Dimension>> = {
  W: ["power", 1],
  kW: ["power", 1e3],
  MW: ["power", 1e6],
  kVA: ["apparent", 1e3],
  Wh: ["energy", 1],
  kWh: ["energy", 1e3],
  MWh: ["energy", 1e6],
  GWh: ["energy", 1e9],
  V: ["voltage", 1],
  kV: ["voltage", 1e3],
  A: ["current", 1],
  Hz: ["frequency", 1],
  C: ["temperature", 1],
  Cel: ["temperature", 1],
  degC: ["temperature", 1],
  "°C": ["temperature", 1],
  "℃": ["temperature", 1],
  K: ["temperature", 1, -273.15],
  F: ["temperature", 5 / 9, -160 / 9],
  degF: ["temperature", 5 / 9, -160 / 9],
  "°F": ["temperature", 5 / 9, -160 / 9],
  "[degF]": ["temperature", 5 / 9, -160 / 9],
  LPM: ["flow", 1],
  "L/min": ["flow", 1],
  "L/s": ["flow", 60],
  "m3/h": ["flow", 1000 / 60],
  GPM: ["flow", 3.785411784],
  "%": ["ratio", 0.01],
  "%RH": ["ratio", 0.01],
  "1": ["ratio", 1],
  RPM: ["rotation", 1],
  rpm: ["rotation", 1],
  "/min": ["rotation", 1],
  "m/s": ["speed", 1],
  "km/h": ["speed", 1 / 3.6],
  deg: ["angle", 1],
  "°": ["angle", 1],
  "W/m2": ["irradiance", 1],
  "W/m²": ["irradiance", 1],
  "ug/m3": ["concentration", 1],
  "µg/m3": ["concentration", 1],
  "μg/m³": ["concentration", 1],
  Pa: ["pressure", 1],
  kPa: ["pressure", 1e3],
  bar: ["pressure", 1e5],
  mW: ["power", 1e-3],
  "m³/h": ["flow", 1000 / 60],
  "r/min": ["rotation", 1],
  "％": ["ratio", 0.01],
  // As facility monitoring (动环) and people write them.
  瓦: ["power", 1],
  千瓦: ["power", 1e3],
  兆瓦: ["power", 1e6],
  度: ["energy", 1e3],
  千瓦时: ["energy", 1e3],
  kW·h: ["energy", 1e3],
  伏: ["voltage", 1],
  千伏: ["voltage", 1e3],
  赫兹: ["frequency", 1],
  摄氏度: ["temperature", 1],
  "升/分": ["flow", 1],
  "升/分钟": ["flow", 1],
  "立方米/小时": ["flow", 1000 / 60],
  "转/分": ["rotation", 1],
  s: ["time", 1e3],
  ms: ["time", 1],
};

/** Conversion between two units, or null when they measure different things or one is unknown: never guessed. */
export const conversionBetween = (from: string, to: string): Conversion | null => {
  if (from === to) return { scale: 1, offset: 0 };
  const source = dimensions[from];
  const target = dimensions[to];
  if (!source || !target || source[0] !== target[0]) return null;
  const [, scale, offset = 0] = source;
  const [, targetScale, targetOffset = 0] = target;
  return { scale: scale / targetScale, offset: (offset - targetOffset) / targetScale };
};
