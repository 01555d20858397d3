import { cos, sin } from "#twins/physics/maths.ts";

/**
 * Wakes of a wind farm: Jensen 1983 (Risø-M-2411) and Katić et al. 1986: behind each rotor a cone of slower air that
 * widens by k per metre; cones add up by the root of their squares. Turbines that stand still cast theirs all the same.
 * The geometry is a table by wind direction; how deep wakes are depends on thrust alone.
 */

/** Widening of a wake on land. */
const widening = 0.075;
const sectors = 72;
/** No farm is built closer than this, rotors; one drawn closer is drawn not to scale, and taken to stand farther apart. */
const closest = 3;
/** Distance of neighbours in such a farm, rotors (usual: 4 to 5 across the wind, 6 to 8 along it; assumed). */
const usual = 5;

export interface WakeTable {
  /** Part of (1 − √(1 − Ct)) by which each turbine's wind is slower. Row-major, sectors × turbines. */
  readonly geometry: Float64Array;
  readonly turbines: number;
}

/** Distance of the nearest neighbour, in the mean over the farm, m; Infinity for a single turbine. */
const neighbourDistance = (pose: ArrayLike<number>, turbines: number): number => {
  let sum = 0;
  for (let i = 0; i < turbines; i++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < turbines; j++) {
      if (j === i) continue;
      const [east, north] = [pose[j * 4]! - pose[i * 4]!, pose[j * 4 + 1]! - pose[i * 4 + 1]!];
      nearest = Math.min(nearest, Math.sqrt(east * east + north * north));
    }
    sum += nearest / turbines;
  }
  return sum;
};

/** What one wake takes from a rotor of the same size at a distance down the wind and beside it, in rotor radii. */
const coneAt = (along: number, beside: number): number => {
  if (along <= 0) return 0;
  const radius = 1 + widening * along;
  // The rotor's own width is what lies partly in it: straight from all to nothing.
  const overlap = Math.min(1, Math.max(0, (radius + 1 - Math.abs(beside)) / 2));
  return overlap / (radius * radius);
};

/**
 * @param pose of the turbines: east and north in the first two of four. Row-major, turbines × 4
 * @param rotorM diameter of each rotor
 */
export const createWakes = (pose: ArrayLike<number>, rotorM: ArrayLike<number>): WakeTable => {
  const turbines = rotorM.length;
  const geometry = new Float64Array(sectors * turbines);
  const distance = neighbourDistance(pose, turbines);
  for (let sector = 0; sector < sectors; sector++) {
    const from = (sector * 2 * Math.PI) / sectors;
    const [downEast, downNorth] = [-sin(from), -cos(from)];
    for (let i = 0; i < turbines; i++) {
      let squares = 0;
      for (let j = 0; j < turbines; j++) {
        const rotor = rotorM[j]!;
        const stretch = distance < closest * rotor ? (usual * rotor) / distance : 1;
        const scale = (2 * stretch) / rotor;
        const [east, north] = [pose[i * 4]! - pose[j * 4]!, pose[i * 4 + 1]! - pose[j * 4 + 1]!];
        const taken = coneAt(
          scale * (east * downEast + north * downNorth),
          scale * (east * downNorth - north * downEast),
        );
        squares += taken * taken;
      }
      geometry[sector * turbines + i] = Math.min(1, Math.sqrt(squares));
    }
  }
  return { geometry, turbines };
};

/** Where a wind direction lies in the table: fill `at` once a step, read each turbine with it. */
export interface Sector {
  low: number;
  high: number;
  share: number;
}

export const setSector = (at: Sector, { turbines }: WakeTable, directionDeg: number): void => {
  const place = (directionDeg * sectors) / 360;
  const low = Math.floor(place);
  at.share = place - low;
  at.low = (((low % sectors) + sectors) % sectors) * turbines;
  at.high = ((((low + 1) % sectors) + sectors) % sectors) * turbines;
};

/** How deep in wakes a turbine stands: times 1 − √(1 − Ct) it is what its wind lacks of the free wind. */
export const wakeAt = ({ geometry }: WakeTable, at: Sector, turbine: number): number => {
  const low = geometry[at.low + turbine]!;
  return low + (geometry[at.high + turbine]! - low) * at.share;
};
