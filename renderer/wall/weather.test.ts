import { expect, test } from "vitest";
import { skyOf } from "./weather.ts";

test("words for the sky follow cover, and dust goes first", () => {
  const covers = [0, 12.5, 49, 50, 87, 88, 100];
  expect(covers.map((cover) => skyOf(cover, 20))).toEqual([
    "clear",
    "fewClouds",
    "fewClouds",
    "cloudy",
    "cloudy",
    "overcast",
    "overcast",
  ]);
  expect(skyOf(0, 900)).toBe("dust");
  expect(skyOf(null, 900)).toBe("dust");
  expect(skyOf(null, null)).toBeNull();
});
