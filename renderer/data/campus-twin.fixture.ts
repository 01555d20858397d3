import { loadTwin } from "#twins/model/load.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";

const campusFiles = import.meta.glob("../../twins/horinger/**/*.{json,csv}", {
  query: "?raw",
  import: "default",
  eager: true,
}) as Record<string, string>;

/** The built-in campus, for tests: the real files, expanded as everywhere. */
export const campusTwin = (racks = 12_000): Twin => {
  const files: TwinFiles = Object.fromEntries(
    Object.entries(campusFiles).map(([path, text]) => [path.replace(/^.*twins\/horinger\//, ""), text]),
  );
  return loadTwin(files, { racks });
};
