import type { VisitBalance } from "./balance.ts";
import { visitRoomBalances } from "./cooling/rooms.ts";
import { visitWatersideBalances } from "./cooling/waterside.ts";
import { visitEnergyBalances } from "./energy/energy.ts";
import type { Plant } from "./plant.ts";
import { visitPowerBalances } from "./power/balances.ts";

/** Every balance that the plant keeps, of the last part of the last step: electricity, then heat. */
export const visitPlantBalances = ({ parts }: Pick<Plant, "parts">, visit: VisitBalance): void => {
  visitPowerBalances(parts.power, visit);
  visitEnergyBalances(parts.energy, visit);
  visitRoomBalances(parts.rooms, visit);
  visitWatersideBalances(parts.waterside, visit);
};
