import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenTrace, openTrace } from "#feed/plant/trace/library.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { loadHoringer } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { type Publishing, startPublish } from "./support/publish.ts";
import { until } from "./support/until.ts";

/** Recorded seconds per second: half an hour of training in a minute. */
const speed = 30;

let broker: Broker;
let publishing: Publishing;
let product: Product;
let browser: Browser;
let opened: OpenPage;
let trace: OpenTrace;
let racks: readonly string[];

beforeAll(async () => {
  const found = openTrace("gpt3");
  if (!found.ok) throw new Error(found.error.message);
  trace = found.value;
  racks = trace.kind.points(await loadHoringer()).map(({ assetId }) => assetId);
  broker = await startBroker();
  publishing = await startPublish(broker.url, ["--trace", "gpt3", "--speed", String(speed), "--loop"]);
  product = await startProduct(["--mqtt", broker.url, "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await publishing?.stop();
  await broker?.stop();
});

interface Snapshot {
  readonly kw: readonly number[];
  readonly totalKw: number;
  readonly sampleTimeMs: number;
}

/** All racks at one instant of the recording: null while a row is half in. */
const snapshot = (): Promise<Snapshot | null> =>
  opened.page.evaluate((ids) => {
    const points = ids.map((id) => window.twin.value(id, "power"));
    const times = new Set(points.map((point) => point?.sampleTimeMs ?? null));
    const [sampleTimeMs] = times;
    if (times.size !== 1 || !sampleTimeMs) return null;
    const kw = points.map((point) => point?.value ?? Number.NaN);
    return { kw, totalKw: kw.reduce((sum, each) => sum + each, 0), sampleTimeMs };
  }, racks);

/** The file's row that a snapshot shows, by its 64 values: exact but for the table's 32 bits. */
const rowOf = ({ kw }: Snapshot): number =>
  trace.series.timesMs.findIndex((_, row) =>
    trace.series.columns.every((column, node) => Math.abs(column[row]! - kw[node]!) < 0.001),
  );

const fileSum = (row: number): number => trace.series.columns.reduce((sum, column) => sum + column[row]!, 0);

test("64 racks carry the recording, declared as another site's", async () => {
  expect(racks).toHaveLength(64);
  await until("the first whole row", snapshot);
  const point = await opened.page.evaluate((id) => window.twin.value(id, "power"), racks[0]!);
  expect(point?.origin).toBe("trace");
  await opened.page.getByText("Contains recordings from another site").waitFor();
});

test("the campus total equals the file's sum at the same instant", async () => {
  const shots: (Snapshot & { readonly row: number })[] = [];
  while (shots.length < 5) {
    const shot = await until("a whole row", snapshot);
    const row = rowOf(shot);
    expect(row, "every value on screen is one row of the file").toBeGreaterThanOrEqual(0);
    if (shots.at(-1)?.row !== row) shots.push({ ...shot, row });
  }
  const [first, ...later] = shots;
  for (const { row, totalKw, sampleTimeMs } of later) {
    expect(totalKw).toBeCloseTo(fileSum(row), 1);
    const recordedMs = trace.series.timesMs[row]! - trace.series.timesMs[first!.row]!;
    expect(Math.abs(sampleTimeMs - first!.sampleTimeMs - recordedMs / speed)).toBeLessThanOrEqual(2);
  }
});

test("training swings show: the total of the racks moves by a tenth and more", async () => {
  let lowKw = Number.POSITIVE_INFINITY;
  let highKw = 0;
  await until(
    "a swing",
    async () => {
      const shot = await snapshot();
      if (!shot) return false;
      lowKw = Math.min(lowKw, shot.totalKw);
      highKw = Math.max(highKw, shot.totalKw);
      return highKw - lowKw > 0.1 * highKw;
    },
    { lastSeen: () => `${lowKw.toFixed(0)} to ${highKw.toFixed(0)} kW` },
  );
  console.log(`64 racks swing from ${lowKw.toFixed(0)} to ${highKw.toFixed(0)} kW`);
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
