import { smallCampus } from "#feed/tables/campus.fixture.ts";
import type { FuzzDecoder } from "#feed/wire/fuzz/decoder.ts";
import { fuzzDecoders } from "#feed/wire/fuzz/decoders.ts";
import { type FuzzReport, fuzz } from "#feed/wire/fuzz/harness.ts";
import type { Twin } from "#twins/model/twin.ts";

/** Figures of `npm run bench -- fuzz --json [MESSAGES] [DECODER]`: mutated messages per decoder, through the real router. */
export interface FuzzFigures extends FuzzReport {
  readonly seconds: number;
  /** Heap and buffers after a forced collection at the end, less the same after a tenth of the messages, bytes. */
  readonly grownBytes: number;
}

const defaultMessages = 100_000;
/** What tables of bounded size may still fill with after a tenth of a run: unmapped topics, examples, hashes. */
const grownLimitBytes = 32 * 1024 * 1024;
/** CPU time of one message; more would let values wait that came behind it. */
const slowestLimitMs = 500;

const heldBytes = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const measure = (twin: Twin, decoder: FuzzDecoder, messages: number): FuzzFigures => {
  let warm = 0;
  const startMs = performance.now();
  const report = fuzz(twin, decoder, {
    messages,
    onBatch: (done) => {
      if (warm === 0 && done >= messages / 10) warm = heldBytes();
    },
    onEnd: () => {
      warm = heldBytes() - warm;
    },
  });
  return { ...report, seconds: Math.round((performance.now() - startMs) / 100) / 10, grownBytes: warm };
};

const judge = (figures: FuzzFigures): readonly string[] => [
  ...figures.problems,
  ...(figures.slowestMs > slowestLimitMs ? [`message ${figures.slowest} took ${figures.slowestMs} ms`] : []),
  ...(figures.grownBytes > grownLimitBytes ? [`grew by ${figures.grownBytes} bytes`] : []),
];

/** Runs every decoder, or those whose name holds `name`. */
export const run = async (messages = defaultMessages, name = ""): Promise<readonly FuzzFigures[]> => {
  const twin = await smallCampus();
  const chosen = fuzzDecoders.filter((decoder) => decoder.name.toLowerCase().includes(name.toLowerCase()));
  return chosen.map((decoder) => {
    const figures = measure(twin, decoder, messages);
    for (const problem of judge(figures)) console.error(`${decoder.name}: ${problem}`);
    return figures;
  });
};

if (import.meta.main) {
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const count = words.find((word) => /^\d+$/.test(word));
  const figures = await run(
    count ? Number(count) : undefined,
    words.find((word) => !/^\d+$/.test(word)),
  );
  console.log(JSON.stringify(figures));
  if (figures.some((each) => judge(each).length > 0)) process.exitCode = 1;
}
