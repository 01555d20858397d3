import { beforeEach, describe, expect, test } from "vitest";
import { largestOpenedBytes } from "#feed/contract/recordings.ts";
import type { Sending } from "#renderer/host/sendRecording.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import { createOpening, type Opening, type OpeningState } from "./opening.ts";

const file = (name: string, size = 100): File => ({ name, size }) as File;

let opening: Opening;
let nowMs: number;
let sending: Sending | null;
let answer: (result: Result<string>) => void;
let shown: string[];
let seen: OpeningState[];

beforeEach(() => {
  nowMs = 0;
  sending = null;
  shown = [];
  seen = [];
  opening = createOpening({
    send: (asked) => {
      sending = asked;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    go: (name) => shown.push(name),
    monotonicMs: () => nowMs,
  });
  opening.store.subscribe((state) => seen.push(state));
});

const state = () => opening.store.getState();

describe("files that a person chose", () => {
  test("are sent, read and shown; progress is told four times a second at most", async () => {
    const done = opening.open([file("a.mcap"), file("B.MCAP", 300)]);
    expect(state()).toEqual({ phase: "sending", name: "a.mcap", count: 2, sent: 0, total: 400 });
    seen = [];
    for (nowMs = 1; nowMs < 1000; nowMs++) sending!.onSent(nowMs / 3);
    expect(seen).toHaveLength(4);
    sending!.onSent(400);
    expect(state()).toEqual({ phase: "reading", name: "a.mcap", count: 2 });
    answer(ok("x1"));
    await done;
    expect(shown).toEqual(["x1"]);
  });

  test.each([
    ["another kind of file", [file("a.mcap"), file("notes.txt")], "log-not-mcap", "notes.txt"],
    ["a file that is too large", [file("a.mcap", largestOpenedBytes + 1)], "log-too-large", "a.mcap"],
    ["too many", Array.from({ length: 65 }, (_, i) => file(`${i}.mcap`)), "log-too-many", undefined],
  ])("%s: refused before anything is sent", async (_what, files, code, name) => {
    await opening.open(files);
    expect(sending).toBeNull();
    expect(state()).toMatchObject({ phase: "refused", problem: { code } });
    expect((state() as { problem: { file?: string } }).problem.file).toBe(name);
    opening.cancel();
    expect(state()).toEqual({ phase: "idle" });
  });

  test("that the product refuses: its reason is shown, and others can be chosen", async () => {
    const done = opening.open([file("a.mcap")]);
    answer(err({ code: "log-newer", message: "a.mcap: newer", tip: "Update." }));
    await done;
    expect(state()).toMatchObject({ phase: "refused", problem: { code: "log-newer" } });
    void opening.open([file("b.mcap")]);
    expect(state()).toMatchObject({ phase: "sending", name: "b.mcap" });
  });

  test("are called off, and what comes of them later is not heard", async () => {
    const done = opening.open([file("a.mcap")]);
    const { signal, onSent } = sending!;
    opening.cancel();
    expect(signal.aborted).toBe(true);
    onSent(50);
    answer(ok("late"));
    await done;
    expect(state()).toEqual({ phase: "idle" });
    expect(shown).toEqual([]);
  });

  test("while others are under way are not taken", async () => {
    void opening.open([file("a.mcap")]);
    await opening.open([file("b.mcap")]);
    expect(state()).toMatchObject({ phase: "sending", name: "a.mcap" });
  });
});
