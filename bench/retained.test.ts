import { expect, test } from "vitest";
import { run } from "./retained.ts";

test("a stock mosquitto's kept metadata arrives whole, more of it than fits its queue twenty times over", async () => {
  const figures = await run(20_000);
  expect(figures).toMatchObject({ retained: 20_000, arrived: 20_000 });
}, 120_000);
