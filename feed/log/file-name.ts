/** Names of recorded files: when they were begun, UTC; a number behind it where several began in one second. */
const pattern = /^\d{8}T\d{6}Z(-\d+)?\.mcap$/;

export const isLogName = (name: string): boolean => pattern.test(name);

/** A moment to the second as names of files have it: `20260701T040000Z`. */
export const stampOf = (timeMs: number): string => new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, "");

/** `20260701T040000Z.mcap` */
export const logName = (startMs: number, number: number): string =>
  `${stampOf(startMs)}${number === 0 ? "" : `-${number}`}.mcap`;
