import type { ClassConditions } from "#twins/physics/conditions.ts";
import { signed } from "#twins/physics/noise.ts";

/** The BMS gateways, one a building: what stands in it, or meters it, is sent by its gateway and stamped by its clock. */
export interface Gateways {
  /** 1 where a gateway sends nothing. Shape: buildings. */
  readonly silent: Uint8Array;
  /** Grows whenever `silent` changes. */
  readonly version: number;
  /** Gateway's clock minus the publisher's, ms. Shape: buildings. */
  readonly skewMs: Float64Array;
  /** Takes over what is wrong with them now. */
  follow(): void;
}

/** Clocks kept by NTP over a campus network stay within ±0.2 s (assumed). */
const healthySkewMs = 200;

export const createGateways = (
  { gatewayLost, clockSkew }: Pick<ClassConditions<"building">, "gatewayLost" | "clockSkew">,
  seed: number,
): Gateways => {
  const silent = new Uint8Array(gatewayLost.length);
  const skewMs = new Float64Array(gatewayLost.length);
  let version = 0;
  return {
    silent,
    skewMs,
    get version() {
      return version;
    },
    follow: () => {
      for (let building = 0; building < silent.length; building++) {
        const lost = gatewayLost[building]! > 0 ? 1 : 0;
        if (silent[building] !== lost) version++;
        silent[building] = lost;
        skewMs[building] =
          Math.round(healthySkewMs * signed(seed + 705, building)) + 1000 * clockSkew[building]!;
      }
    },
  };
};
