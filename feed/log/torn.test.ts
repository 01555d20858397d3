import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLog } from "./log.ts";
import { withDirectory } from "./recording.fixture.ts";
import { tear } from "./torn.fixture.ts";

test("cut anywhere, flipped anywhere: what is whole is read, what is not is said", async () => {
  const figures = await tear({ cuts: 100, flips: 100 }, 20);
  expect(figures.opened).toBeGreaterThan(150);
  expect(figures.mended).toBeGreaterThan(80);
  expect(figures.statesWhole / figures.states).toBeGreaterThan(0.5);
  expect(figures.slowestMs).toBeLessThan(5000);
}, 120_000);

test("what is no log of ours is refused by name", () =>
  withDirectory((directory) => {
    const codeOf = (name: string, content: string | Uint8Array): string | null => {
      const path = join(directory, name);
      writeFileSync(path, content);
      const log = openLog([path]);
      return log.ok ? null : log.error.code;
    };
    expect(codeOf("empty.mcap", "")).toBe("log-empty");
    expect(codeOf("text.mcap", "hello, I am no log")).toBe("log-not-mcap");
    expect(codeOf("short.mcap", Uint8Array.of(0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a))).toBe(
      "log-not-ours",
    );
    const missing = openLog([join(directory, "nowhere.mcap")]);
    expect(missing.ok ? null : missing.error.code).toBe("log-unreadable");
    mkdirSync(join(directory, "none"));
    const none = openLog([join(directory, "none")]);
    expect(none.ok ? null : none.error.code).toBe("log-none");
  }));
