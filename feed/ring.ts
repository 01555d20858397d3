import type { RecordConfig } from "./contract/config.ts";
import { makeTempFolder } from "./temp-folder.ts";

const minuteMs = 60_000;

/** The last minutes of a live session that is recorded nowhere else: what it can be wound back to. */
export interface Ring {
  readonly record: RecordConfig;
  /** Deletes it. */
  remove(): void;
}

/**
 * A recording of the last ten minutes, in a folder of its own that goes when the session does: the same files by the same
 * code as a recording that is kept, bounded by age and size. Null where no folder can be made: then there is no winding back.
 */
export const createRing = (log: (line: string) => void): Ring | null => {
  try {
    const { path: directory, remove } = makeTempFolder("ring");
    return {
      record: {
        directory,
        // A file goes as a whole: short ones keep the ring near its length.
        roll: { bytes: 32 * 1024 * 1024, ms: minuteMs },
        keep: { bytes: 256 * 1024 * 1024, ageMs: 10 * minuteMs },
      },
      remove,
    };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    log(`the last minutes cannot be wound back to: ${error.message}`);
    return null;
  }
};
