import { expect, test } from "vitest";
import { Waiting } from "./waiting.ts";

const message = (topic: string, bytes = 1) => ({
  topic,
  payload: new Uint8Array(bytes),
  retained: false,
  receivedMs: 1,
});

test("the latest of a topic waits, and is handed out once", () => {
  const waiting = new Waiting();
  waiting.hold(message("a", 1));
  waiting.hold(message("a", 2));
  expect(waiting.take("a")?.payload).toHaveLength(2);
  expect(waiting.take("a")).toBeUndefined();
  expect(waiting.size).toBe(0);
});

test("what waits is a copy: a network buffer is not kept for it", () => {
  const waiting = new Waiting();
  const payload = new Uint8Array(1000).subarray(0, 3);
  waiting.hold({ ...message("a"), payload });
  expect(waiting.all()[0]!.payload.buffer.byteLength).toBe(3);
});

test("no more is held than has room, in number and in bytes; what is handed out makes room", () => {
  const many = new Waiting();
  for (let i = 0; i < 100_000; i++) many.hold(message(`${i}`));
  expect(many.hold(message("one more"))).toBe(false);
  expect(many.hold(message("7"))).toBe(true);
  const large = new Waiting();
  const megabyte = 1024 * 1024;
  for (let i = 0; i < 63; i++) expect(large.hold(message(`${i}`, megabyte))).toBe(true);
  expect(large.hold(message("one more", megabyte))).toBe(false);
  large.take("7");
  expect(large.hold(message("one more", megabyte))).toBe(true);
  expect(large.takeAll()).toHaveLength(63);
  expect(large.hold(message("a", 60 * megabyte))).toBe(true);
});
