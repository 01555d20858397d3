import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mark, MarkEdit } from "#feed/contract/replay.ts";
import { openLog } from "./log.ts";
import { MarkStore, marksName, placesOf } from "./marks.ts";
import { Recording, withDirectory } from "./recording.fixture.ts";

const note = (fromMs: number, text: string, toMs: number | null = null): MarkEdit => ({
  add: { fromMs, toMs, text },
});

const marksOf = (store: MarkStore, edit: MarkEdit): readonly Mark[] => {
  const done = store.edit(edit);
  if (!done.ok) throw new Error(done.error.message);
  return done.value.marks;
};

const pathsIn = (directory: string) => ({
  inLog: join(directory, marksName),
  beside: join(directory, "own", "a.marks.jsonl"),
});

const refused = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

test("marks are added, changed and removed, and still there for the next who opens the log", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { counts: { rack: 5 } });
    for (let second = 0; second < 3; second++) recording.second();
    recording.writer.close();
    const log = openLog([directory]);
    if (!log.ok) throw new Error(log.error.message);
    const places = placesOf(log.value, join(directory, "own"));
    log.value.close();
    expect(places.inLog).toBe(join(directory, marksName));
    expect(places.beside).toMatch(/own.20260701T040001Z-[0-9a-f]{8}\.marks\.jsonl$/);
    const store = new MarkStore(places, { nowMs: () => 77 });
    marksOf(store, note(2000, "压缩机跳闸", 9000));
    marksOf(store, note(1000, "before"));
    const [first, second] = marksOf(store, note(3000, "third")) as [Mark, Mark];
    expect(first).toMatchObject({ fromMs: 1000, toMs: null, text: "before", madeMs: 77 });
    marksOf(store, { change: { id: second.id, text: "chiller trips" } });
    marksOf(store, { remove: { id: first.id } });
    const { marks, kept, problems } = new MarkStore(places).read();
    expect(marks.map(({ fromMs, toMs, text }) => [fromMs, toMs, text])).toEqual([
      [2000, 9000, "chiller trips"],
      [3000, null, "third"],
    ]);
    expect([kept, problems]).toEqual(["log", undefined]);
  }));

test("of several who edit at once, none loses anything", () =>
  withDirectory((directory) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 }), { maxLength: 30 }), fc.nat(), (turns, run) => {
        const folder = join(directory, `${run}-${Math.random()}`);
        mkdirSync(folder);
        const stores = [0, 1, 2].map(() => new MarkStore(pathsIn(folder)));
        const texts = new Map<string, string>();
        turns.forEach((who, i) => {
          const store = stores[who]!;
          const known = [...texts.keys()];
          if (i % 5 === 3) {
            marksOf(store, { change: { id: known[0]!, text: `changed ${i}` } });
            texts.set(known[0]!, `changed ${i}`);
          } else if (i % 5 === 4) {
            marksOf(store, { remove: { id: known[1]! } });
            texts.delete(known[1]!);
          } else {
            const added = marksOf(store, note(i, `mark ${i}`)).find(({ text }) => text === `mark ${i}`)!;
            texts.set(added.id, added.text);
          }
        });
        for (const store of stores)
          expect(new Map(store.read().marks.map(({ id, text }) => [id, text]))).toEqual(texts);
      }),
      { numRuns: 20 },
    );
  }));

test("a folder that cannot be written keeps its marks; changes to them stand beside", () =>
  withDirectory((directory) => {
    const places = pathsIn(directory);
    const [old, gone] = ["old", "gone"].map(
      (text, i) => marksOf(new MarkStore(places), note(i, text)).at(-1)!,
    ) as [Mark, Mark];
    const before = readFileSync(places.inLog);
    const store = new MarkStore(places, {
      append: (path, text) => (path === places.inLog ? refused("EROFS")() : appendFileSync(path, text)),
    });
    marksOf(store, { change: { id: old.id, text: "new words" } });
    marksOf(store, { remove: { id: gone.id } });
    marksOf(store, note(5, "own"));
    expect(store.read().marks.map(({ text }) => text)).toEqual(["new words", "own"]);
    expect(store.read().kept).toBe("beside");
    expect(readFileSync(places.inLog)).toEqual(before);
    const without = new MarkStore({ ...places, inLog: null });
    expect([without.read().kept, without.read().marks.map(({ text }) => text)]).toEqual(["beside", ["own"]]);
  }));

test("what is damaged is told and left as it is, and nothing else is lost", () =>
  withDirectory((directory) => {
    const places = pathsIn(directory);
    const store = new MarkStore(places);
    marksOf(store, note(1, "one"));
    appendFileSync(places.inLog, `{"add":{"id":"x"}}\nhello\n{"add":{"id":"y","fromMs":3,"toM`);
    const broken = readFileSync(places.inLog);
    marksOf(store, note(2, "two"));
    const { marks, problems } = store.read();
    expect(marks.map(({ text }) => text)).toEqual(["one", "two"]);
    expect(problems).toMatchObject([{ code: "marks-malformed", line: 2 }]);
    expect(problems![0]!.message).toContain("3 lines");
    expect(readFileSync(places.inLog).subarray(0, broken.length)).toEqual(broken);
    expect(readdirSync(directory)).toEqual([marksName]);
  }));

test("what cannot be kept is said, and is no mark", () =>
  withDirectory((directory) => {
    const places = pathsIn(directory);
    const code = (store: MarkStore, edit: MarkEdit): string | null => {
      const done = store.edit(edit);
      return done.ok ? null : done.error.code;
    };
    expect(code(new MarkStore(places, { append: refused("ENOSPC") }), note(1, "a"))).toBe("mark-disk-full");
    expect(code(new MarkStore(places, { append: refused("EROFS") }), note(1, "a"))).toBe("mark-unwritten");
    const store = new MarkStore(places);
    expect(code(store, note(2, "backwards", 1))).toBe("mark-unsound");
    expect(code(store, note(Number.NaN, "never"))).toBe("mark-unsound");
    expect(code(store, note(1, "x".repeat(5000)))).toBe("mark-unsound");
    expect(store.read().marks).toEqual([]);
    mkdirSync(places.inLog);
    expect(store.read().problems).toMatchObject([{ code: "marks-unreadable" }]);
    expect(code(store, note(1, "a"))).toBe("mark-unwritten");
  }));
