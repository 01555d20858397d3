import type { Twin } from "#twins/model/twin.ts";
import type { VisitBalance } from "#twins/physics/balance.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { createStorageDispatch, type StorageDispatch, wantedStorage } from "./dispatch.ts";
import type { Parts } from "./parts.ts";
import { createPvField, type PvField, stepPvField } from "./pv.ts";
import { createWeatherStations, showWeather, type WeatherStations } from "./station.ts";
import { createStorage, type Storage, stepStorage, visitStorageBalances } from "./storage.ts";
import { createWindFarm, stepWindFarm, type WindFarm, windCurtailed, windOffered } from "./wind.ts";

/** Sun, wind and storage, and the weather stations that explain them. */
export interface Energy {
  readonly pv: PvField;
  readonly wind: WindFarm;
  readonly storage: Storage;
  readonly dispatch: StorageDispatch;
  readonly stations: WeatherStations;
  /** kW at this step. */
  readonly sums: { pv: number; wind: number; storage: number };
}

export const createEnergy = (twin: Twin, columns: PlantColumns, parts: Parts): Energy => {
  const storage = createStorage(twin, columns, parts);
  return {
    pv: createPvField(twin, columns, parts),
    wind: createWindFarm(twin, columns, parts),
    storage,
    dispatch: createStorageDispatch(twin.tariff, storage.plantKw),
    stations: createWeatherStations(columns),
    sums: { pv: 0, wind: 0, storage: 0 },
  };
};

/** Sun, wind and storage at a moment. @param loadKw what the campus draws */
export const stepEnergy = (energy: Energy, moment: Moment, loadKw: number): void => {
  const { pv, wind, storage, stations, sums } = energy;
  showWeather(stations, moment.weather);
  sums.pv = stepPvField(pv, moment);
  sums.wind = stepWindFarm(wind, moment);
  const wanted = wantedStorage(energy.dispatch, moment, loadKw - sums.pv - sums.wind);
  sums.storage = stepStorage(storage, wanted, moment);
};

const total = (column: Float64Array): number => column.reduce((sum, kw) => sum + kw, 0);

/** In = out + stored of each container, and of the fields: what machines give is what is handed over. */
export const visitEnergyBalances = ({ pv, wind, storage, sums }: Energy, visit: VisitBalance): void => {
  visitStorageBalances(storage, visit);
  visit("storage.power", 0, { inKw: total(storage.column.power), outKw: sums.storage, storedKw: 0 });
  visit("pv.power", 0, { inKw: total(pv.column.power), outKw: sums.pv, storedKw: 0 });
  const outKw = total(wind.column.power) + windCurtailed(wind);
  visit("wind.power", 0, { inKw: windOffered(wind), outKw, storedKw: 0 });
};
