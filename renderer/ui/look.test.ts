import { expect, test } from "vitest";
import { lookOf, showsAge, whileCurrent } from "./look.ts";

test("the gravest doubt wins", () => {
  expect(lookOf(undefined)).toBe("never");
  expect(lookOf({ quality: "good", freshness: "never" })).toBe("never");
  expect(lookOf({ quality: "unknown", freshness: "stale" })).toBe("none");
  expect(lookOf({ quality: "bad", freshness: "stale" })).toBe("bad");
  expect(lookOf({ quality: "uncertain", freshness: "stale" })).toBe("stale");
  expect(lookOf({ quality: "uncertain", freshness: "fresh" })).toBe("uncertain");
  expect(lookOf({ quality: "good", freshness: "late" })).toBe("late");
  expect(lookOf({ quality: "good", freshness: "fresh" })).toBe("good");
});

test("a value that is no longer current says its age", () => {
  expect(["stale", "late"].every((look) => showsAge(look as "stale"))).toBe(true);
  expect(showsAge("good")).toBe(false);
});

test("a figure of now is none once it is stale; a late one still is of now", () => {
  const late = { quality: "good", freshness: "late" } as const;
  expect(whileCurrent(late)).toBe(late);
  expect(whileCurrent({ ...late, freshness: "stale" })).toBeUndefined();
});
