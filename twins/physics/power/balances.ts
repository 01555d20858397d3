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

const stationBalances = (
  { stations, grid, topology, distribution, onGenerators }: Power,
  visit: VisitBalance,
): void => {
  const out = new Float64Array(stations.count);
  const { power, loss } = distribution.transformer;
  for (let row = 0; row < power.length; row++) {
    const station = topology.stationOfTransformer[row]!;
    const building = topology.buildingOfTransformer[row]!;
    if (station >= 0 && building >= 0 && onGenerators[building] !== 1)
      out[station] = out[station]! + power[row]! + loss[row]!;
  }
  for (let station = 0; station < stations.count; station++) {
    const { gross } = grid.gathered;
    let gathered = 0;
    for (const sums of gross) gathered += sums[station]!;
    if (stations.isCollector[station]) {
      if (stations.perUnit[station] === 0) continue;
      visit("collector.power", station, {
        inKw: gathered,
        outKw: grid.stationInput[station]! + grid.stationLoss[station]!,
        storedKw: 0,
      });
      continue;
    }
    let transformed = 0;
    for (const row of stations.mainTransformers[station]!) transformed += power[row]!;
    if (stations.mainTransformers[station]!.length > 0)
      visit("mainTransformers.power", station, {
        inKw: transformed,
        outKw: Math.abs(stations.flow[station]!),
        storedKw: 0,
      });
    let delivered = 0;
    for (let other = 0; other < stations.count; other++) {
      if (stations.isCollector[other] && stations.target[other] === station)
        delivered += grid.stationInput[other]!;
      const above = stations.upstream[other]!;
      if (!above.includes(station)) continue;
      let live = 0;
      for (const row of above) if (stations.perUnit[row]! > 0) live++;
      if (live > 0 && stations.perUnit[station]! > 0)
        out[station] = out[station]! + grid.stationInput[other]! / live;
      else if (live === 0) out[station] = out[station]! + grid.stationInput[other]! / above.length;
    }
    visit("substation.power", station, {
      inKw: grid.stationInput[station]! + delivered + gathered,
      outKw: out[station]! + grid.stationLoss[station]!,
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
  buildingBalances(power, visit);
  stationBalances(power, visit);
  zoneBalances(power, visit);
};
