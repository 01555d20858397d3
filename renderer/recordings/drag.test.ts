import { expect, test } from "vitest";
import { draggedIn } from "./drag.ts";

const transfer = (types: readonly string[], kinds: readonly string[] = []) =>
  ({ types, items: kinds.map((type) => ({ kind: "file", type })) }) as unknown as DataTransfer;

test.each([
  ["nothing", null, "none"],
  ["text", transfer(["text/plain"]), "none"],
  ["a file of no known kind", transfer(["Files"], [""]), "recording"],
  ["a file of a kind that this system gave it", transfer(["Files"], ["application/x-mcap"]), "recording"],
  ["pictures and texts", transfer(["Files"], ["image/png", "text/plain"]), "other"],
  ["a text beside what may be a recording", transfer(["Files"], ["text/plain", ""]), "recording"],
  ["files of which the browser tells nothing yet", transfer(["Files"]), "recording"],
] as const)("%s", (_what, given, dragged) => {
  expect(draggedIn(given)).toBe(dragged);
});
