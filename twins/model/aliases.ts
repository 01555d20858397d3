import type { Assets } from "./assets.ts";
import type { Problem } from "./result.ts";
import type { TwinProblemCode } from "./schema.ts";
import type { AssetRef } from "./twin.ts";

/** Reads `externalId,assetId` lines; empty lines and lines that begin with `#` are skipped. */
export const readAliases = (
  { file, text }: { file: string; text: string },
  assets: Assets,
  problems: Problem[],
): ReadonlyMap<string, AssetRef> => {
  const aliases = new Map<string, AssetRef>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const report = (code: TwinProblemCode, message: string, tip: string, asset?: string): void => {
      problems.push({ code, message, tip, file, line: index + 1, ...(asset === undefined ? {} : { asset }) });
    };
    const [externalId = "", assetId = "", ...more] = line.split(",").map((cell) => cell.trim());
    const ref = assets.find(assetId);
    if (externalId === "" || assetId === "" || more.length > 0)
      report(
        "twin-alias-malformed",
        `expected externalId,assetId, found ${line}`,
        "One pair a line, no quotes.",
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
