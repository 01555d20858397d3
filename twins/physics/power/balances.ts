import type { VisitBalance } from "#twins/physics/balance.ts";
import { sumRange } from "#twins/physics/places.ts";
import type { Power } from "./power.ts";

const bankBalances = ({ banks, topology, distribution }: Power, visit: VisitBalance): void => {
  const { power, inputPower } = banks.column;
  for (let bank = 0; bank < power.length; bank++)
    visit("ups.power", bank, {
      inKw: inputPower[bank]!,
      outKw: power[bank]! + banks.loss[bank]!,
      storedKw: banks.stored[bank]!,
    });
  // Paths A and B together give what the rows take, and the pumps that have changed over.
  const { banksOf, rowsOf, rooms, feedsOfRow } = topology;
  for (let building = 0; building < distribution.buildings; building++) {
    if (banksOf[building * 2] === banksOf[building * 2 + 1]) continue;
    let outKw = sumRange(distribution.essential, rooms, building);
    for (let row = rowsOf[building * 2]!; row < rowsOf[building * 2 + 1]!; row++)
      if (feedsOfRow[row]! > 0) outKw += distribution.rowPower[row]!;
    visit("building.paths", building, { inKw: sumRange(power, banksOf, building), outKw, storedKw: 0 });
  }
};

/** Room transformers carry their banks; those of a mechanical board carry cooling and services together. */
const transformerBalances = (
  { banks, topology, distribution: d, boards }: Power,
  visit: VisitBalance,
): void => {
  const { power, loss } = d.transformer;
  const carried = new Float64Array(power.length);
  for (let bank = 0; bank < topology.transformerOfBank.length; bank++) {
    const row = topology.transformerOfBank[bank]!;
    if (row >= 0) carried[row] = carried[row]! + banks.column.inputPower[bank]!;
  }
  for (let building = 0; building < d.buildings; building++) {
    const onBoard = topology.mechanicalOf[building]!;
    const kw = d.cooling[building]! + d.services[building]! - sumRange(d.essential, topology.rooms, building);
    const live = onBoard.filter((row) => boards.voltage[row]! > 0);
    for (const row of live) carried[row] = kw / live.length;
  }
  for (let row = 0; row < power.length; row++)
    if (topology.buildingOfTransformer[row]! >= 0)
      visit("transformer.power", row, {
        inKw: power[row]! + loss[row]!,
        outKw: carried[row]! + loss[row]!,
        storedKw: 0,
      });
};

const buildingBalances = (
  { distribution: d, standby, onGenerators, topology }: Power,
  visit: VisitBalance,
): void => {
  for (let building = 0; building < d.buildings; building++) {
    visit("building.power", building, {
      inKw: d.main[building]!,
      outKw:
        d.it[building]! +
        d.cooling[building]! +
        d.services[building]! +
        d.bankLoss[building]! +
        d.transformerLoss[building]!,
      storedKw: d.stored[building]!,
    });
    if (onGenerators[building] !== 1) continue;
    let generated = 0;
    for (const set of topology.generatorsOf[building]!) generated += standby.power[set]!;
    visit("generators.power", building, { inKw: generated, outKw: d.main[building]!, storedKw: 0 });
  }
};

/** What buildings take from each station, kW: input of their transformers. Shape: stations. */
const takenByBuildings = ({ stations, topology, distribution, onGenerators }: Power): Float64Array => {
  const { power, loss } = distribution.transformer;
  const taken = new Float64Array(stations.count);
  for (let row = 0; row < power.length; row++) {
    const station = topology.stationOfTransformer[row]!;
    const building = topology.buildingOfTransformer[row]!;
    if (station >= 0 && building >= 0 && onGenerators[building] !== 1)
      taken[station] = taken[station]! + power[row]! + loss[row]!;
  }
  return taken;
};

/** What stations below take from a station, and what collectors deliver to it, kW. */
const exchanged = ({ stations, grid }: Power, station: number): { taken: number; delivered: number } => {
  let [taken, delivered] = [0, 0];
  for (let other = 0; other < stations.count; other++) {
    const input = grid.stationInput[other]!;
    if (stations.isCollector[other] && stations.target[other] === station) delivered += input;
    const above = stations.upstream[other]!;
    if (!above.includes(station)) continue;
    const live = above.filter((row) => stations.perUnit[row]! > 0).length;
    if (live === 0) taken += input / above.length;
    else if (stations.perUnit[station]! > 0) taken += input / live;
  }
  return { taken, delivered };
};

const stationBalances = (power: Power, visit: VisitBalance): void => {
  const { stations, grid, distribution } = power;
  const byBuildings = takenByBuildings(power);
  for (let station = 0; station < stations.count; station++) {
    let gathered = 0;
    for (const sums of grid.gathered.gross) gathered += sums[station]!;
    const lostKw = grid.stationLoss[station]!;
    const inputKw = grid.stationInput[station]!;
    if (stations.isCollector[station]) {
      if (stations.perUnit[station]! > 0)
        visit("collector.power", station, { inKw: gathered, outKw: inputKw + lostKw, storedKw: 0 });
      continue;
    }
    const { taken, delivered } = exchanged(power, station);
    visit("substation.power", station, {
      inKw: inputKw + delivered + gathered,
      outKw: byBuildings[station]! + taken + lostKw,
      storedKw: 0,
    });
    let transformed = 0;
    for (const row of stations.mainTransformers[station]!)
      transformed += distribution.transformer.power[row]!;
    if (stations.mainTransformers[station]!.length > 0)
      visit("mainTransformers.power", station, {
        inKw: transformed,
        outKw: Math.abs(stations.flow[station]!),
        storedKw: 0,
      });
  }
};

const zoneBalances = (power: Power, visit: VisitBalance): void => {
  const { grid, topology, distribution: d } = power;
  const sums = new Float64Array(grid.zoneMain.length);
  let unzoned = 0;
  for (let building = 0; building < d.buildings; building++) {
    const zone = topology.zoneOfBuilding[building]!;
    if (zone < 0) unzoned += d.main[building]!;
    else sums[zone] = sums[zone]! + d.main[building]!;
  }
  for (const [zone, outKw] of sums.entries())
    visit("zone.power", zone, { inKw: grid.zoneMain[zone]!, outKw, storedKw: 0 });
  let losses = 0;
  for (const [station, loss] of grid.stationLoss.entries())
    losses += power.stations.isCollector[station] ? 0 : loss;
  const zones = grid.zoneMain.reduce((sum, kw) => sum + kw, 0);
  visit("site.power", 0, {
    inKw: grid.import[0]! + grid.pv[0]! + grid.wind[0]! + grid.storage[0]! + grid.generator[0]!,
    outKw: zones + unzoned + losses,
    storedKw: 0,
  });
};

/** In = out + stored of every bank, room (paths A + B), building, generator plant, substation, zone and of the site. */
export const visitPowerBalances = (power: Power, visit: VisitBalance): void => {
  bankBalances(power, visit);
  transformerBalances(power, visit);
  buildingBalances(power, visit);
  stationBalances(power, visit);
  zoneBalances(power, visit);
};
