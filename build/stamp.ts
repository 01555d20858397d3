import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What does not end up in a bundle: tests, their fixtures and texts. */
const isSource = (path: string): boolean => !/\.(test|journey|proof)\.tsx?$|\.md$/.test(path);

const filesBelow = (root: string, path: string): readonly string[] =>
  statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`))
    : [path];

/**
 * A digest of names and contents of all source files below some paths: equal exactly when a bundle of them would be.
 * Contents rather than times, so that switching branches there and back builds nothing.
 */
export const contentStamp = (root: string, paths: readonly string[]): string => {
  const digest = createHash("sha256");
  for (const path of paths
    .flatMap((one) => filesBelow(root, one))
    .filter(isSource)
    .sort()) {
    const content = readFileSync(join(root, path));
    digest.update(`${path} ${content.length}\n`).update(content);
  }
  return digest.digest("hex");
};

/** The stamp a bundle was built with, or null when there is none. */
export const builtStamp = (folder: string): string | null => {
  try {
    return readFileSync(join(folder, ".stamp"), "utf8");
  } catch {
    return null;
  }
};
