import { join } from "node:path";
import { expect, test } from "vitest";
import { findAbsent, platformOf, readLockfile, repair } from "./lockfile.ts";

test("npm ci can be run from our lockfile on every platform", () => {
  expect(findAbsent(readLockfile(join(import.meta.dirname, "..", "..")))).toEqual([]);
});

test("an optional package that is absent is found, and put back with the platform its name tells", () => {
  const lock = {
    packages: {
      "node_modules/tool": {
        version: "1.0.0",
        dev: true,
        optionalDependencies: { "@tool/linux-x64-musl": "1.0.0" },
      },
    },
  };
  expect(findAbsent(lock)).toEqual([
    { name: "@tool/linux-x64-musl", version: "1.0.0", by: "node_modules/tool" },
  ]);
  const repaired = repair(lock);
  expect(findAbsent(repaired)).toEqual([]);
  expect(repaired.packages["node_modules/@tool/linux-x64-musl"]).toEqual({
    version: "1.0.0",
    dev: true,
    optional: true,
    os: ["linux"],
    cpu: ["x64"],
    libc: ["musl"],
  });
});

test("a name without a platform is not guessed", () => {
  expect(platformOf("left-pad")).toBeNull();
  expect(platformOf("@tool/binding-wasm32-wasi")).toEqual({ cpu: ["wasm32"] });
});
