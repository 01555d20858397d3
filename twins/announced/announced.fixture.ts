import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AnnouncedPoint } from "./announcement.ts";

/** A plant that announces itself in the manner of DSX: halls of racks, and the machines that serve them. For tests. */

const two = (number: number): string => String(number).padStart(2, "0");

const pointsOf = (
  className: ClassName,
  metrics: readonly string[],
  asset: { readonly id: string; readonly serves?: readonly string[]; readonly rack?: string },
): AnnouncedPoint[] =>
  metrics.map((metric) => ({
    externalId: asset.id,
    className,
    metric,
    rackLocationId: asset.rack ?? null,
    serves: asset.serves ?? [],
    associates: [],
    name: null,
  }));

const measured = (className: ClassName): readonly string[] =>
  classSpec(className).metrics.flatMap((metric) => (metric.derived ? [] : [metric.id]));

const rackMetrics = ["power", "inletTemperature", "outletTemperature", "load"];
const racksPerRow = 20;
const rowsPerHall = 6;
const hallsPerBuilding = 4;

/** Racks `DC1-DH2-R03-K12` with four metrics each, CRAHs, CDUs and UPSs of each hall, chillers and pumps of each building. */
export const campusPoints = (racks: number): AnnouncedPoint[] => {
  const points: AnnouncedPoint[] = [];
  const perHall = racksPerRow * rowsPerHall;
  const halls = Math.ceil(racks / perHall);
  for (let h = 0; h < halls; h++) {
    const building = `DC${Math.floor(h / hallsPerBuilding) + 1}`;
    const hall = `${building}-DH${(h % hallsPerBuilding) + 1}`;
    const inHall = Math.min(perHall, racks - h * perHall);
    const ids = Array.from(
      { length: inHall },
      (_, i) => `${hall}-R${two(Math.floor(i / racksPerRow) + 1)}-K${two((i % racksPerRow) + 1)}`,
    );
    for (const id of ids) points.push(...pointsOf("rack", rackMetrics, { id, rack: id }));
    for (let unit = 1; unit <= 8; unit++) {
      const id = `${hall}-CRAH${two(unit)}`;
      points.push(...pointsOf("crah", measured("crah"), { id, serves: ids.slice(0, racksPerRow) }));
    }
    for (let row = 0; row * racksPerRow < inHall; row++) {
      const served = ids.slice(row * racksPerRow, (row + 1) * racksPerRow);
      points.push(...pointsOf("cdu", measured("cdu"), { id: `${hall}-CDU${two(row + 1)}`, serves: served }));
    }
    for (const path of ["A", "B"]) {
      points.push(...pointsOf("ups", measured("ups"), { id: `${hall}-UPS-${path}`, serves: ids }));
      const meter = { id: `${hall}-PM-${path}`, serves: [`${hall}-UPS-${path}`] };
      points.push(...pointsOf("meter", measured("meter"), meter));
    }
    if (h % hallsPerBuilding > 0) continue;
    const cooled = Array.from({ length: 8 }, (_, unit) => `${hall}-CRAH${two(unit + 1)}`);
    for (let unit = 1; unit <= 3; unit++) {
      const chiller = { id: `${building}-CH${two(unit)}`, serves: cooled };
      points.push(...pointsOf("chiller", measured("chiller"), chiller));
      points.push(
        ...pointsOf("pump", measured("pump"), { id: `${building}-P${two(unit)}`, serves: [chiller.id] }),
      );
      const tower = { id: `${building}-CT${two(unit)}`, serves: [chiller.id] };
      points.push(...pointsOf("coolingTower", measured("coolingTower"), tower));
    }
    for (let unit = 1; unit <= 2; unit++)
      points.push(
        ...pointsOf("generator", measured("generator"), { id: `${building}-GEN${unit}`, serves: [building] }),
      );
  }
  return points;
};
