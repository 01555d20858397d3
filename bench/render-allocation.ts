import { type HeapProfiler, Session } from "node:inspector/promises";

/** Everything outside three's own `render` starts here: `frame` and `prepare`. */
const campusFile = "campusRenderer.ts";

/**
 * Bytes allocated under functions of the campus renderer, those they call included, by V8's sampling heap profiler.
 * The difference of two heap sizes would be smaller than the noise of three's own allocation.
 */
export const allocatedByCampus = async (work: () => void): Promise<number> => {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: 32,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  work();
  const { profile } = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  const sum = (node: HeapProfiler.SamplingHeapProfileNode, isOurs: boolean): number => {
    // Flagging a layer is part of the draw list: bare three does it too.
    if (node.callFrame.functionName === "add") return 0;
    const ours = isOurs || node.callFrame.url.endsWith(campusFile);
    return (ours ? node.selfSize : 0) + node.children.reduce((total, child) => total + sum(child, ours), 0);
  };
  if (process.env["BENCH_WHO"]) tellWho(profile.head);
  return sum(profile.head, false);
};

/** With BENCH_WHO=1: the functions that allocated most, to find what to repair. */
const tellWho = (head: HeapProfiler.SamplingHeapProfileNode): void => {
  const bytes = new Map<string, number>();
  const walk = (node: HeapProfiler.SamplingHeapProfileNode, isOurs: boolean): void => {
    const { functionName, url, lineNumber } = node.callFrame;
    const ours = isOurs || url.endsWith(campusFile);
    const name = `${functionName} ${url.replace(/.*\//, "")}:${lineNumber + 1}`;
    if (ours) bytes.set(name, (bytes.get(name) ?? 0) + node.selfSize);
    for (const child of node.children) walk(child, ours);
  };
  walk(head, false);
  const most = [...bytes].sort((a, b) => b[1] - a[1]).slice(0, 12);
  console.error(most.map(([name, size]) => `${size} B ${name}`).join("\n"));
};
