import { join } from "node:path";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { compareGpu } from "./measured/gpu-room.ts";
import { comparePv } from "./measured/pv-inverter.ts";
import { compareWind } from "./measured/wind-farm.ts";

/** The simulated plant against what was measured elsewhere (assets/traces): docs/PLANT.md, "Against measurements". */
const traces = join(import.meta.dirname, "..", "assets", "traces");

export const run = async () => ({
  gpu: compareGpu(
    join(traces, "gpt3-64x8xh100-node-power.csv.gz"),
    loadTwin(await readTwinDirectory(null), { racks: 12_000 }),
  ),
  wind: compareWind(join(traces, "wind-farm-15min.csv.gz")),
  pv: comparePv(join(traces, "pv-inverter-5min.csv.gz")),
});

if (import.meta.main) console.log(JSON.stringify(await run()));
