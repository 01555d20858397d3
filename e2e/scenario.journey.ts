import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ScenarioState, scenarioTopic } from "#twins/scenario/scenario.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { openStation, type Station } from "./support/station.ts";
import { until } from "./support/until.ts";

/** A drill as any simulated plant may tell it: the page knows nothing but what is on the wire. */
const startMs = Date.parse("2026-01-18T08:50:00+08:00");
const eventS = 600;

let broker: Broker;
let plant: Station;
let product: Product;
let browser: Browser;
let opened: OpenPage;
let rack: string;

const drill = (elapsedS: number): ScenarioState => ({
  id: "journey",
  title: { zh: "气阻演练", en: "Air-lock drill" },
  summary: { zh: "冷冻水断流", en: "The chilled water stops" },
  source: {
    what: { zh: "某数据中心制冷中断", en: "A data centre lost its cooling" },
    publisher: "监管部门 / The regulator",
    date: "2024-01-02",
    grade: "A",
  },
  startMs,
  timeMs: startMs + elapsedS * 1000,
  durationS: 3600,
  speed: 1,
  events: [
    { atS: 0, kind: "simulated", say: { zh: "平静的早晨", en: "A calm morning" } },
    {
      atS: eventS,
      kind: "public",
      say: { zh: "水泵失压,机柜升温", en: "Pumps lose their head, racks warm up" },
    },
  ],
  views: [
    { atS: 0, metric: "load" },
    { atS: eventS, asset: rack, metric: "power", xray: true },
  ],
});

const tell = (elapsedS: number): Promise<void> =>
  plant.raw(scenarioTopic("drill"), JSON.stringify(drill(elapsedS)));

const scenario = () => opened.page.evaluate(() => window.twin.scenario());
const strip = () => opened.page.locator(".drill");

beforeAll(async () => {
  [rack = ""] = await occupiedRacks(1);
  broker = await startBroker();
  plant = await openStation(broker.url, { id: "drill", periodMs: 10_000, origin: "simulated" });
  await plant.declare();
  await plant.describe(rack, "power");
  product = await startProduct(["--mqtt", broker.url, "--lang", "zh"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url);
  await until("the plant's publisher is known", () =>
    opened.page.evaluate(() => window.twin.sources()?.publishers.some(({ id }) => id === "drill")),
  );
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await plant?.close();
  await broker?.stop();
});

test("while no scenario is played there is no strip", async () => {
  expect(await scenario()).toBeNull();
  expect(await strip().count()).toBe(0);
});

test("the strip says what is played, that it is a drill, and where it stands, in both languages", async () => {
  await tell(60);
  await strip().waitFor();
  for (const text of ["情景演练(仿真)", "气阻演练", "平静的早晨", "公开报道时间点 / 仿真曲线", "×1"])
    await strip().getByText(text, { exact: true }).first().waitFor();
  await strip().getByText("公开报道时间点 / 仿真曲线").click();
  for (const text of ["某数据中心制冷中断", "监管部门", "2024-01-02"])
    await strip().getByText(text, { exact: true }).waitFor();
  await strip().getByText("公开报道时间点 / 仿真曲线").click();
  await opened.page.getByRole("button", { name: "EN", exact: true }).click();
  for (const text of ["Scenario drill (simulated)", "Air-lock drill", "A calm morning"])
    await strip().getByText(text, { exact: true }).waitFor();
  expect(await scenario()).toMatchObject({
    id: "journey",
    origin: "simulated",
    isFollowing: false,
    led: null,
  });
});

test("followed, the camera goes where the scenario looks when its event comes", async () => {
  await opened.page.keyboard.press("f");
  expect(await scenario()).toMatchObject({ isFollowing: true, led: 0 });
  await plant.value(rack, "power", 12.5);
  await tell(eventS + 1);
  await strip().getByText("Pumps lose their head, racks warm up", { exact: true }).waitFor();
  await opened.page.evaluate(() => window.twin.settled());
  const seen = await opened.page.evaluate(
    (id) => ({
      at: window.twin.view.screenOf(id),
      heatmap: window.twin.view.heatmap(),
      xray: window.twin.view.xray(),
      level: window.twin.view.scene,
      value: window.twin.value(id, "power")?.value,
      led: window.twin.scenario()?.led,
    }),
    rack,
  );
  expect(seen).toMatchObject({ heatmap: "power", xray: true, level: "rack", value: 12.5, led: 1 });
  expect(seen.at).not.toBeNull();
});

test("the picture is of the plant's own time", async () => {
  const clock = await opened.page.locator(".site-clock time").textContent();
  expect(clock).toContain("2026-01-18 09:00");
});

test("a hand takes the camera, and one click gives it back", async () => {
  const { page } = opened;
  const at = await page.evaluate(() => {
    for (let y = 0; y < innerHeight; y += 8)
      for (let x = 0; x < innerWidth; x += 8)
        if (document.elementFromPoint(x, y)?.tagName === "CANVAS") return { x, y };
    throw new Error("panels cover the whole scene");
  });
  await page.mouse.move(at.x + 2, at.y + 2);
  await page.mouse.wheel(0, 240);
  await until("the hand has the camera", async () => (await scenario())?.isFollowing === false);
  await page.getByRole("button", { name: "Follow" }).click();
  expect(await scenario()).toMatchObject({ isFollowing: true, led: 1 });
  await page.keyboard.press("n");
  expect(await scenario()).toMatchObject({ isFollowing: false, led: 0 });
});

test("a measured plant's drill is refused and counted", async () => {
  const real = await openStation(broker.url, { id: "real", periodMs: 10_000, origin: "measured" });
  await real.declare();
  await real.raw(scenarioTopic("real"), JSON.stringify({ ...drill(0), id: "false-alarm" }));
  await until("the refusal is counted", () =>
    opened.page.evaluate(() => (window.twin.sources()?.faults.byCode["scenario-refused"] ?? 0) > 0),
  );
  expect((await scenario())?.id).toBe("journey");
  await real.close();
});

test("an emptied message ends it, and the picture is of now again", async () => {
  await plant.raw(scenarioTopic("drill"), "", true);
  await strip().waitFor({ state: "detached" });
  expect(await scenario()).toBeNull();
  const year = new Date().getFullYear();
  await until("our own time is shown", async () =>
    (await opened.page.locator(".site-clock time").textContent())?.startsWith(String(year)),
  );
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
