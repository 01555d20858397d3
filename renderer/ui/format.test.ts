import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatCompute,
  formatCount,
  formatMegawatts,
  formatNumber,
  formatQuantity,
  formatRegister,
  formatShare,
  joinQuantity,
} from "./format.ts";

const show = (value: number, unit: string, language: "zh" | "en" = "en", resolution?: number): string =>
  joinQuantity(formatQuantity(value, unit, { language, resolution }));

describe("quantities", () => {
  test("energy is written as each language writes it", () => {
    expect(show(1.22e9, "kWh", "zh")).toBe("12.2亿千瓦时");
    expect(show(7.6e8, "kWh", "zh")).toBe("7.6亿千瓦时");
    expect(show(1.22e9, "kWh")).toBe("1.22 TWh");
    expect(show(760e6, "kWh")).toBe("760 GWh");
  });

  test("power changes to MW only when it is large", () => {
    expect(show(13.254, "kW", "en", 0.01)).toBe("13.25 kW");
    expect(show(9_999.94, "kW", "en", 0.1)).toBe("9,999.9 kW");
    expect(show(14_820, "kW", "en", 0.1)).toBe("14.82 MW");
    expect(show(334_212, "kW", "en", 0.1)).toBe("334.2 MW");
    expect(show(-52_000, "kW", "en", 0.1)).toBe("−52.00 MW");
  });

  test("a list of powers keeps one unit", () => {
    expect([246_600, 959.8, -12_000].map((kW) => joinQuantity(formatMegawatts(kW)))).toEqual([
      "246.6 MW",
      "1.0 MW",
      "−12.0 MW",
    ]);
  });

  test("units are shown, not UCUM codes", () => {
    expect(show(23.4, "Cel", "en", 0.1)).toBe("23.4 °C");
    expect(show(1.187, "1", "en", 0.001)).toBe("1.187");
    expect(show(812, "W/m2", "en", 1)).toBe("812 W/m²");
    expect(show(11.2, "/min", "zh", 0.1)).toBe("11.2转/分");
    expect(show(270, "deg", "en", 1)).toBe("270°");
  });

  test("nothing is shown finer than the metric's resolution", () => {
    const resolutions = fc.constantFrom(1, 0.1, 0.01, 0.001);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9_999, noNaN: true }), resolutions, (value, resolution) => {
        const { digits } = formatQuantity(value, "Cel", { language: "en", resolution });
        const shown = Number(digits.replaceAll(",", ""));
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(resolution / 2 + 1e-9);
        expect(digits.split(".")[1]?.length ?? 0).toBe(Math.round(Math.log10(1 / resolution)));
      }),
    );
  });

  test("a negative zero is zero", () => {
    expect(formatNumber(-0.04, 1)).toBe("0.0");
    expect(formatNumber(-0.06, 1)).toBe("−0.1");
  });

  test("registers keep every digit", () => {
    expect(joinQuantity(formatRegister(123_456_789.15))).toBe("123,456,789.2 kWh");
  });
});

test("compute, counts and shares", () => {
  expect(formatCompute(67_000, "zh")).toBe("6.7万P");
  expect(formatCompute(67_000, "en")).toBe("67,000 P");
  expect(formatCompute(6_700, "zh")).toBe("6,700P");
  expect(formatCount(9_999, "en")).toBe("9,999");
  expect(formatCount(412_345, "en")).toBe("412 k");
  expect(formatCount(412_345, "zh")).toBe("41.2万");
  expect(formatCount(1_200_000, "en")).toBe("1.20 M");
  expect(formatShare(0.98765)).toBe("98.8 %");
});
