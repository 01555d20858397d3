import type { ClassName } from "#twins/model/metric.ts";
import type { Extent } from "./grid.ts";
import { inTable, most, onShelves } from "./grid.ts";
import type { Metres3, Place } from "./place.ts";

/**
 * Dimensions that nobody announced, m; the same as those of building templates (twins/model/hall.ts, room.ts):
 * illustrative, and enough for the scene to be legible.
 */
const rackSize: Metres3 = [0.6, 1.2, 2.2];
const aisleM = 1.2;
/** Between two blocks of rows that stand side by side. */
const crossAisleM = 2.4;
const rowPitchM = rackSize[1] + aisleM;
const roomHeightM = 4.4;
/** Before the first row and behind the last, and between rows and walls. */
const endM = 2.6;
const sideM = 1.8;
/** Between rooms. */
const corridorM = 3;
/** Smallest room. */
const leastRoom: Extent = { width: 9, depth: 8 };

/** Footprints and heights of machines. */
const machineSizes: Readonly<Partial<Record<ClassName, Metres3>>> = {
  crah: [2.2, 1, 2.4],
  cdu: [0.9, 1.2, 2.2],
  ups: [4, 1.2, 2.2],
  transformer: [3, 2, 2.4],
  meter: [0.6, 0.4, 1.8],
  pump: [1.6, 1, 1.4],
  chiller: [5, 3, 3],
  coolingTower: [6, 6, 5],
  generator: [3.4, 12, 3.6],
  substation: [40, 30, 8],
  battery: [6, 2.5, 2.9],
  pvTable: [28, 4, 3],
  windTurbine: [4, 4, 60],
  weatherStation: [2, 2, 6],
};
const otherMachine: Metres3 = [1, 1, 2];

/** Turbines stand further apart than their rotors reach. */
const turbineGroundM = 100;

const sizeMachine = (machine: Place): Extent => {
  machine.size = machineSizes[machine.className] ?? otherMachine;
  if (machine.className === "windTurbine") return { width: turbineGroundM, depth: turbineGroundM };
  return { width: machine.size[0], depth: machine.size[1] };
};

/**
 * Puts machines on shelves `width` long, or longer where they would reach further back than that; returns the ground
 * they take.
 */
export const shelve = (
  machines: readonly Place[],
  width: number,
): Extent & { to(east: number, south: number): void } => {
  const extents = machines.map(sizeMachine);
  const ground = extents.reduce((sum, extent) => sum + (extent.width + 1) * (extent.depth + 1), 0);
  const shelves = onShelves(extents, { width: Math.max(width, Math.sqrt(ground * 2)), gap: 1 });
  return {
    width: shelves.width,
    depth: shelves.depth,
    /** Their middle at `east`, their southern edge at `south`. */
    to: (east, south) => {
      for (const [i, machine] of machines.entries()) {
        const [x, y] = shelves.centres[i]!;
        machine.at = [east + x, south + shelves.depth / 2 + y, 0];
      }
    },
  };
};

/** A row's racks from its west end, in the row's own axes. */
const layOutRow = (row: Place): void => {
  const racks = row.childrenOf("rack");
  for (const [i, rack] of racks.entries()) {
    rack.size = rackSize;
    rack.at = [(i + 0.5 - racks.length / 2) * rackSize[0], 0, 0];
  }
  row.size = [racks.length * rackSize[0], rackSize[1], rackSize[2]];
};

/** Rows in blocks side by side, fronts facing one another across the cold aisle; returns the ground they take. */
const layOutRows = (rows: readonly Place[]): Extent => {
  for (const row of rows) layOutRow(row);
  const longest = most(
    0,
    rows.map((row) => row.size[0]),
  );
  // Blocks as one cell each: as many as make the room half as wide again as deep.
  let blocks = 1;
  const shape = (count: number): Extent => ({
    width: count * longest + (count - 1) * crossAisleM,
    depth: Math.ceil(rows.length / count) * rowPitchM,
  });
  const miss = (count: number): number => Math.abs(Math.log(shape(count).width / shape(count).depth / 1.5));
  for (let count = 2; count <= rows.length; count++) if (miss(count) < miss(blocks)) blocks = count;
  const perBlock = Math.ceil(rows.length / blocks);
  const { width, depth } = shape(blocks);
  for (const [i, row] of rows.entries()) {
    const [block, index] = [Math.floor(i / perBlock), i % perBlock];
    row.at = [
      (block + 0.5) * longest + block * crossAisleM - width / 2,
      (index - (perBlock - 1) / 2) * rowPitchM,
      0,
    ];
    row.yawDeg = index % 2 === 0 ? 0 : 180;
  }
  return { width, depth };
};

/** Machines of one kind in lines along the west and east walls, backs to the wall. */
class SideLane {
  readonly #machines: readonly Place[];
  readonly #pitch: number;
  readonly #perLine: number;
  /** Depth of all lines on one side, walkway included. */
  readonly width: number;

  constructor(machines: readonly Place[], length: number) {
    this.#machines = machines;
    const sizes = machines.map(sizeMachine);
    // Air handlers stand with their long side along the wall.
    this.#pitch =
      most(
        0,
        sizes.map(({ width }) => width),
      ) + 0.4;
    this.#perLine = Math.max(1, Math.floor(length / this.#pitch));
    const lines = Math.ceil(machines.length / 2 / this.#perLine);
    this.width = lines * this.#lineM;
  }

  get #lineM(): number {
    return (
      most(
        0,
        this.#machines.map((machine) => machine.size[1]),
      ) + 0.4
    );
  }

  /** @param wall distance of the lane's outer edge from the middle of the room */
  to(wall: number): void {
    const half = Math.ceil(this.#machines.length / 2);
    for (const [i, machine] of this.#machines.entries()) {
      const side = i < half ? -1 : 1;
      const index = i < half ? i : i - half;
      const line = Math.floor(index / this.#perLine);
      const inLine = Math.min(
        this.#perLine,
        (i < half ? half : this.#machines.length - half) - line * this.#perLine,
      );
      machine.at = [
        side * (wall - (line + 0.5) * this.#lineM),
        ((index % this.#perLine) - (inLine - 1) / 2) * this.#pitch,
        0,
      ];
      machine.yawDeg = side < 0 ? 90 : 270;
    }
  }
}

/** A room with its rows, air handlers and coolant units in it, and its power in a strip north of it. */
export interface RoomCell extends Extent {
  /** Puts the room at the cell's place on its floor. */
  to(east: number, north: number): void;
}

const layOutRoom = (room: Place): RoomCell => {
  const rows = layOutRows(room.childrenOf("row"));
  const depth = Math.max(leastRoom.depth, rows.depth + 2 * endM);
  const air = new SideLane(room.childrenOf("crah"), depth - 0.8);
  const liquid = new SideLane(room.childrenOf("cdu"), depth - 0.8);
  const width = Math.max(leastRoom.width, rows.width + 2 * (sideM + air.width + liquid.width));
  air.to(width / 2);
  liquid.to(width / 2 - air.width);
  room.size = [width, depth, roomHeightM];
  const strip = shelve(room.childrenOf("ups", "transformer", "meter"), width);
  const stripM = strip.depth > 0 ? strip.depth + 2 : 0;
  strip.to(0, depth / 2 + 1);
  const cellWidth = Math.max(width, strip.width);
  return {
    width: cellWidth,
    depth: depth + stripM,
    to: (east, north) => {
      room.at = [east, north - stripM / 2, 0];
    },
  };
};

/** Rooms of a floor in a table; returns the ground they take and puts them around a middle. */
export const layOutRooms = (floor: Place): RoomCell => {
  const rooms = floor.childrenOf("room");
  const cells = rooms.map(layOutRoom);
  const table = inTable(cells, { ratio: 1.6, gap: corridorM });
  return {
    width: table.width,
    depth: table.depth,
    to: (east, north) => {
      for (const [i, cell] of cells.entries()) {
        const [x, y] = table.centres[i]!;
        cell.to(east + x, north + y);
      }
    },
  };
};
