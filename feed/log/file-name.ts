/** Names of recorded files: when they were begun, UTC; a number behind it where several began in one second. */
const pattern = /^\d{8}T\d{6}Z(-\d+)?\.mcap$/;

export const isLogName = (name: string): boolean => pattern.test(name);

/** `20260701T040000Z.mcap` */
export const logName = (startMs: number, number: number): string => {
  const stamp = new Date(startMs).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${stamp}${number === 0 ? "" : `-${number}`}.mcap`;
};
