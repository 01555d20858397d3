import type { Assets } from "./assets.ts";
import { csvRecords } from "./csv.ts";
import type { Problem } from "./result.ts";
import type { TwinProblemCode } from "./schema.ts";
import type { AssetRef } from "./twin.ts";

/** Reads `externalId,assetId` lines; empty lines and lines that begin with `#` are skipped. */
export const readAliases = (
  { file, text }: { file: string; text: string },
  assets: Pick<Assets, "find">,
  problems: Problem[],
): ReadonlyMap<string, AssetRef> => {
  const aliases = new Map<string, AssetRef>();
  for (const { line, cells, text: record, isTorn } of csvRecords(text)) {
    const report = (code: TwinProblemCode, message: string, tip: string, asset?: string): void => {
      problems.push({ code, message, tip, file, line, ...(asset === undefined ? {} : { asset }) });
    };
    const [externalId = "", assetId = "", ...more] = cells;
    const ref = assets.find(assetId);
    if (isTorn || externalId === "" || assetId === "" || more.length > 0)
      report(
        "twin-alias-malformed",
        `expected externalId,assetId, found ${record}`,
        "One pair a line; a name with a comma goes between double quotes.",
      );
    else if (aliases.has(externalId))
      report("twin-duplicate-id", `${externalId} already has an asset`, "The first line counts.", assetId);
    else if (ref === undefined)
      report(
        "twin-alias-unknown",
        `no asset ${assetId}`,
        "Correct the id, or raise the number of racks.",
        assetId,
      );
    else aliases.set(externalId, ref);
  }
  return aliases;
};
