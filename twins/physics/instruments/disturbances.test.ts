import { describe, expect, test } from "vitest";
import { createPlant } from "#twins/physics/plant.ts";
import { columnOf, createInstrumentBench, startMs, twin } from "./bench.fixture.ts";
import type { SensorPoint } from "./disturbances.ts";

const inlet: SensorPoint = { className: "rack", row: 3, metric: "inletTemperature" };
/** The IT meter of a room: its register moves in tenths. */
const { row } = twin.find("east/b01/f1/r1/m-it")!;
const meter: SensorPoint = { className: "meter", row, metric: "power" };

/** Racks at 24 °C, meters at 100 kW. */
const steady = () => {
  const bench = createInstrumentBench();
  bench.truth("rack", "inletTemperature").fill(24);
  bench.truth("meter", "power").fill(100);
  const energy = bench.truth("meter", "energy").fill(50_000);
  const after = (seconds: number): void => {
    for (let row = 0; row < energy.length; row++) energy[row] = energy[row]! + (100 * seconds) / 3600;
    bench.after(seconds);
  };
  after(0);
  const { disturb } = bench.instruments;
  const shown = ({ className, metric, row }: SensorPoint): number => bench.reading(className, metric)[row]!;
  return { ...bench, after, disturb, shown };
};

describe("a sensor that", () => {
  test("drifts runs away from when it was set, 2 K an hour, and stops after five", () => {
    const bench = steady();
    bench.after(3600);
    const healthy = bench.shown(inlet);
    expect(bench.disturb(inlet, "sensorDrift", 0.5)).toBe(true);
    bench.after(1);
    expect(Math.abs(bench.shown(inlet) - healthy)).toBeLessThan(0.3);
    bench.after(3600);
    expect(Math.abs(bench.shown(inlet) - healthy - 1)).toBeLessThan(0.3);
    bench.after(36_000);
    expect(Math.abs(bench.shown(inlet) - healthy - 5)).toBeLessThan(0.3);
    bench.disturb(inlet, "sensorDrift", 0);
    bench.after(1);
    expect(Math.abs(bench.shown(inlet) - healthy)).toBeLessThan(0.3);
  });

  test("is frozen repeats what it showed, whatever becomes true", () => {
    const bench = steady();
    const before = bench.shown(inlet);
    bench.disturb(inlet, "sensorFrozen", 1);
    for (let i = 0; i < 20; i++) {
      bench.truth("rack", "inletTemperature").fill(30 + i);
      bench.after(600);
      expect(bench.shown(inlet)).toBe(before);
      expect(bench.shown({ ...inlet, row: 4 })).toBeGreaterThan(29);
    }
  });

  test("is lost has no reading, and one again when it is repaired", () => {
    const bench = steady();
    bench.disturb(inlet, "sensorLost", 1);
    bench.after(1);
    expect(bench.shown(inlet)).toBeNaN();
    bench.disturb(inlet, "sensorLost", 0);
    bench.after(1);
    expect(Math.abs(bench.shown(inlet) - 24)).toBeLessThan(0.4);
  });

  test("is noisy scatters more than its neighbours, about the same mean", () => {
    const bench = steady();
    bench.disturb(inlet, "sensorNoisy", 1);
    const [own, other]: [number[], number[]] = [[], []];
    for (let i = 0; i < 1000; i++) {
      bench.after(1);
      own.push(bench.shown(inlet));
      other.push(bench.shown({ ...inlet, row: 4 }));
    }
    const span = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
    expect(span(own)).toBeGreaterThan(5 * span(other));
    expect(Math.abs(own.reduce((a, b) => a + b, 0) / own.length - 24)).toBeLessThan(0.4);
  });

  test("drifts and is then frozen, or is frozen and then lost: the later in the chain wins", () => {
    const bench = steady();
    bench.disturb(inlet, "sensorLost", 1);
    bench.disturb(inlet, "sensorFrozen", 1);
    bench.disturb(inlet, "sensorDrift", 1);
    bench.after(3600);
    expect(bench.shown(inlet)).toBeNaN();
    bench.disturb(inlet, "sensorLost", 0);
    bench.after(3600);
    expect(bench.shown(inlet)).toBeLessThan(24.5);
    bench.disturb(inlet, "sensorFrozen", 0);
    bench.after(3600);
    expect(bench.shown(inlet)).toBeGreaterThan(29);
  });
});

describe("a meter", () => {
  test("with a wrong ratio shows and counts half; its neighbour and the truth know nothing of it", () => {
    const bench = steady();
    const [register, other] = [
      { ...meter, metric: "energy" },
      { ...meter, row: row + 1, metric: "energy" },
    ];
    bench.after(3600);
    bench.disturb(meter, "ratioWrong", 1);
    const before = [bench.shown(register), bench.shown(other)] as const;
    bench.after(36_000);
    expect(bench.shown(meter) / 50).toBeCloseTo(1, 1);
    expect((bench.shown(register) - before[0]) / 500).toBeCloseTo(1, 1);
    expect((bench.shown(other) - before[1]) / 1000).toBeCloseTo(1, 1);
    bench.disturb(meter, "ratioWrong", 0);
    bench.after(3600);
    expect(bench.shown(meter) / 100).toBeCloseTo(1, 1);
  });

  test("whose register is reset counts on from nought, once", () => {
    const bench = steady();
    const register = { ...meter, metric: "energy" };
    expect(bench.disturb(register, "registerReset", 1)).toBe(true);
    bench.after(3600);
    bench.disturb(register, "registerReset", 0.5);
    bench.after(3600);
    expect(bench.shown(register) / 200).toBeCloseTo(1, 1);
    bench.disturb(register, "registerReset", 0);
    bench.after(3600);
    expect(bench.shown(register) / 300).toBeCloseTo(1, 1);
  });

  test("that drifts counts what it shows", () => {
    const bench = steady();
    const register = { ...meter, metric: "energy" };
    bench.disturb(meter, "sensorDrift", 1);
    bench.after(5 * 3600);
    const before = bench.shown(register);
    bench.after(3600);
    expect(bench.shown(meter) / 150).toBeCloseTo(1, 1);
    expect((bench.shown(register) - before) / 150).toBeCloseTo(1, 1);
  });

  test("whose register froze shows the whole of it when it is repaired", () => {
    const bench = steady();
    const register = { ...meter, metric: "energy" };
    const before = bench.shown(register);
    bench.disturb(register, "sensorFrozen", 1);
    bench.after(36_000);
    expect(bench.shown(register)).toBe(before);
    bench.disturb(register, "sensorFrozen", 0);
    bench.after(0);
    expect((bench.shown(register) - before) / 1000).toBeCloseTo(1, 1);
  });
});

test("what cannot be is refused and changes nothing", () => {
  const { disturb, instruments } = steady();
  expect(disturb({ ...inlet, metric: "colour" }, "sensorLost", 1)).toBe(false);
  expect(disturb({ ...inlet, row: 1e6 }, "sensorLost", 1)).toBe(false);
  expect(disturb({ ...inlet, metric: "leakDetect" }, "sensorDrift", 1)).toBe(false);
  expect(disturb({ ...inlet, metric: "leakDetect" }, "sensorFrozen", 1)).toBe(true);
  expect(disturb(inlet, "ratioWrong", 1)).toBe(false);
  expect(disturb({ className: "room", row: 0, metric: "itPower" }, "sensorLost", 1)).toBe(false);
  expect(instruments.disturbed()).toEqual([
    { ...inlet, metric: "leakDetect", kind: "sensorFrozen", severity: 1 },
  ]);
  disturb({ ...inlet, metric: "leakDetect" }, "sensorFrozen", 0);
  expect(instruments.disturbed()).toEqual([]);
});

test("what is disturbed is seen in readings, never in truth", () => {
  const [sound, broken] = [0, 1].map(() => createPlant(twin, { seed: 2, startMs }));
  for (const kind of ["sensorDrift", "sensorLost"] as const)
    expect(broken!.instruments.disturb(inlet, kind, 1)).toBe(true);
  for (const kind of ["ratioWrong", "registerReset"] as const)
    expect(broken!.instruments.disturb(meter, kind, 1)).toBe(true);
  for (let i = 0; i < 10; i++) for (const plant of [sound!, broken!]) plant.step(10);
  for (const [className, columns] of sound!.truth) expect(broken!.truth.get(className)).toEqual(columns);
  for (const { className, metric, row } of [inlet, meter])
    expect(columnOf(broken!.columns, className, metric)[row]).not.toBe(
      columnOf(sound!.columns, className, metric)[row],
    );
});

test("a gateway is silent while it is lost, and its clock is near the others' unless it is off", () => {
  const { conditions, instruments, after } = createInstrumentBench();
  const { gatewayLost, clockSkew } = conditions.of("building");
  const { gateways } = instruments;
  after(1);
  expect(gateways.silent.every((silent) => silent === 0)).toBe(true);
  expect(gateways.skewMs.every((ms) => Math.abs(ms) <= 200)).toBe(true);
  expect(new Set(gateways.skewMs).size).toBe(gateways.skewMs.length);
  const [version, skewMs] = [gateways.version, gateways.skewMs[2]!];
  gatewayLost[2] = 0.3;
  clockSkew[2] = -30;
  after(1);
  expect([gateways.silent[2], gateways.silent[3]]).toEqual([1, 0]);
  expect(gateways.version).toBeGreaterThan(version);
  expect(gateways.skewMs[2]).toBe(skewMs - 30_000);
  const lost = gateways.version;
  after(1);
  expect(gateways.version).toBe(lost);
  gatewayLost[2] = 0;
  after(1);
  expect(gateways.silent[2]).toBe(0);
});
