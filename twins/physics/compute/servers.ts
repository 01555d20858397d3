import { signed } from "#twins/physics/noise.ts";
import type { Racks } from "./racks.ts";

/** One accelerator. */
export interface Accelerator {
  readonly powerW: number;
  /** °C. */
  readonly temperature: number;
  /** 0…1. */
  readonly utilisation: number;
}

/** One server of a rack. Input = accelerators + host + conversion loss, W. */
export interface Server {
  readonly powerKw: number;
  /** Lost between the socket and the chips. */
  readonly lossW: number;
  /** Processors, memory, network and fans. */
  readonly hostW: number;
  readonly accelerators: readonly Accelerator[];
}

/** Rated input of a server with eight accelerators, kW (largest measured: 7.38, STANDARDS), and of a general one. */
const acceleratedKw = 7.38;
const generalKw = 0.5;
const acceleratorsPerServer = 8;

/** Two conversions, P_in = (P_out + const) / η each (STANDARDS): on the board, and in the power supply. */
const board = { lostW: 13, efficiency: 0.98 };
const supply = { lostW: 17, efficiency: 0.96 };

/** What the parts of a server get from its input, W; nothing where that does not even feed the conversions. */
export const convertedW = (inputW: number): number =>
  Math.max(0, (inputW * supply.efficiency - supply.lostW) * board.efficiency - board.lostW);

/** A card as measured: 62 W idle and 2.69 W for each per cent (STANDARDS), so 331 W at full load. */
const idleCardW = 62;
const spanCardW = 269;
/** Cards take so much of a busy server; with 62 % the measured server's host draws the same idle and busy (2.5 kW). */
const cardShare = 0.62;

/** Cards of one server are a little different, each the same always. */
const spreadK = 2.5;
const spreadShare = 0.03;

/**
 * Servers and accelerators of one rack, computed when somebody looks: their power adds up to the rack's within 1e-6.
 * Servers start one after the other, so a rack that is half on has half of them on. An empty rack has none.
 * @param rackRow row of the rack table
 */
export const serversOf = (racks: Racks, rackRow: number): readonly Server[] => {
  const { facts, columns, state } = racks;
  const rated = facts.installedKw[rackRow]!;
  if (rated === 0) return [];
  const isAccelerated = facts.accelerated[rackRow] === 1 && rated >= acceleratedKw / 2;
  const count = Math.max(1, Math.floor(rated / (isAccelerated ? acceleratedKw : generalKw)));
  const on = state.on[rackRow]!;
  const running = count * on;
  const eachKw = running > 0 ? columns.power[rackRow]! / running : 0;
  const utilisation = on > 0 ? columns.load[rackRow]! / 100 / on : 0;
  const fullW = convertedW(((facts.idleKw[rackRow]! + facts.spanKw[rackRow]!) / count) * 1000);
  return Array.from({ length: count }, (_, index): Server => {
    const share = Math.min(1, Math.max(0, running - index));
    const powerKw = eachKw * share;
    const partsW = convertedW(powerKw * 1000);
    const accelerators = isAccelerated
      ? cardsOf(racks, rackRow, { index, fullW, partsW, utilisation: utilisation * share, share })
      : [];
    const cardsW = accelerators.reduce((sum, card) => sum + card.powerW, 0);
    return { powerKw, lossW: powerKw * 1000 - partsW, hostW: partsW - cardsW, accelerators };
  });
};

interface ServerNow {
  readonly index: number;
  /** What its parts get at full load and now, W. */
  readonly fullW: number;
  readonly partsW: number;
  readonly utilisation: number;
  readonly share: number;
}

/** The measured card, as large as the server's rating asks; together never more than the parts get. */
const cardsOf = ({ state }: Racks, rackRow: number, server: ServerNow): readonly Accelerator[] => {
  const { fullW, partsW, utilisation, share } = server;
  const fullCardW = (cardShare * fullW) / acceleratorsPerServer;
  const cardW = (fullCardW * (idleCardW * share + spanCardW * utilisation)) / (idleCardW + spanCardW);
  const most = partsW / acceleratorsPerServer;
  return Array.from({ length: acceleratorsPerServer }, (_, card): Accelerator => {
    const key = (server.index * acceleratorsPerServer + card) | 0;
    // In pairs of more and less, so that the spread leaves the sum alone.
    const off = signed(rackRow, key >> 1) * (key & 1 ? -1 : 1);
    return {
      powerW: Math.min(cardW, most / (1 + spreadShare)) * (1 + spreadShare * off),
      temperature: state.chipC[rackRow]! + spreadK * (off - 1),
      utilisation,
    };
  });
};
