import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Transport } from "#feed/contract/bridge.ts";

/** The two ends of one open pipe. */
export interface Pipe {
  readonly near: Transport;
  readonly far: Transport;
  /** Gives back what the pipe stands on, after the test. */
  dispose?(): Promise<void>;
}

type Message = string | ArrayBuffer;

/** Collects what arrives at one end, to be waited for by count. */
const collect = (transport: Transport) => {
  const messages: Message[] = [];
  let wake = () => {};
  transport.onMessage((message) => {
    messages.push(message);
    wake();
  });
  const atLeast = async (count: number): Promise<readonly Message[]> => {
    while (messages.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return messages;
  };
  return { messages, atLeast };
};

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
const plain = (message: Message | undefined) =>
  typeof message === "string" || message === undefined ? message : [...new Uint8Array(message)];
const closed = (transport: Transport) => new Promise<string>((resolve) => transport.onClose(resolve));

/**
 * What every transport promises, run over each of them: ordered, complete, text and bytes alike, no memory shared, and
 * both ends learn of the end once.
 */
export const transportSuite = (name: string, open: () => Promise<Pipe>): void => {
  const withPipe = async (use: (pipe: Pipe) => Promise<void>) => {
    const pipe = await open();
    try {
      await use(pipe);
    } finally {
      pipe.near.close();
      await pipe.dispose?.();
    }
  };

  describe(`transport over ${name}`, () => {
    test("text and bytes arrive in order, both ways", () =>
      withPipe(async ({ near, far }) => {
        const [atNear, atFar] = [collect(near), collect(far)];
        near.send('{"t":"request","名":"内蒙古"}');
        near.send(bytes(1, 2, 3));
        near.send("");
        near.send(bytes());
        far.send("back");
        expect((await atFar.atLeast(4)).map(plain)).toEqual([
          '{"t":"request","名":"内蒙古"}',
          [1, 2, 3],
          "",
          [],
        ]);
        expect(await atNear.atLeast(1)).toEqual(["back"]);
        expect(atFar.messages[1]).toBeInstanceOf(ArrayBuffer);
      }));

    test("messages that come before the handler are kept", () =>
      withPipe(async ({ near, far }) => {
        const atFar = collect(far);
        far.send("early 1");
        far.send(bytes(2));
        near.send("there and back");
        await atFar.atLeast(1); // by now the early ones are on near's side, or close behind
        const atNear = collect(near);
        expect((await atNear.atLeast(2)).map(plain)).toEqual(["early 1", [2]]);
      }));

    test("bytes are the sender's again at once", () =>
      withPipe(async ({ near, far }) => {
        const atFar = collect(far);
        const buffer = bytes(1, 2, 3);
        near.send(buffer);
        if (buffer.byteLength > 0) new Uint8Array(buffer).fill(9);
        expect(plain((await atFar.atLeast(1))[0])).toEqual([1, 2, 3]);
      }));

    test("a large message arrives whole", () =>
      withPipe(async ({ near, far }) => {
        const atNear = collect(near);
        const large = new Uint8Array(4 << 20).map((_, i) => (i * 31) & 255);
        far.send(large.slice().buffer);
        const [received] = await atNear.atLeast(1);
        expect(Buffer.compare(Buffer.from(received as ArrayBuffer), Buffer.from(large))).toBe(0);
      }));

    test("nothing stays buffered once everything has arrived", () =>
      withPipe(async ({ near, far }) => {
        const atFar = collect(far);
        for (let i = 0; i < 100; i++) near.send(new ArrayBuffer(10_000));
        await atFar.atLeast(100);
        await expect.poll(() => near.bufferedBytes).toBe(0);
      }));

    test("any sequence of messages arrives as it was sent", () =>
      withPipe(async ({ near, far }) => {
        const atFar = collect(far);
        const message = fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.uint8Array({ maxLength: 300 }).map((a) => a.slice().buffer),
        );
        await fc.assert(
          fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (sent) => {
            const before = atFar.messages.length;
            for (const one of sent) near.send(typeof one === "string" ? one : one.slice(0));
            await atFar.atLeast(before + sent.length);
            expect(atFar.messages.slice(before).map(plain)).toEqual(sent.map(plain));
          }),
          { numRuns: 30 },
        );
      }));

    test("both ends learn of the end, once, and later sends are void", () =>
      withPipe(async ({ near, far }) => {
        const ends: string[] = [];
        near.onClose(() => ends.push("near"));
        const farEnd = closed(far);
        collect(far);
        near.close();
        near.close();
        expect(typeof (await farEnd)).toBe("string");
        await expect.poll(() => ends).toEqual(["near"]);
        near.send("void");
        far.send("void");
        far.close();
        expect(ends).toEqual(["near"]);
      }));

    test("who listens for the end after the end is told too", () =>
      withPipe(async ({ near, far }) => {
        collect(far);
        const farEnd = closed(far);
        near.close();
        await farEnd;
        expect(typeof (await closed(far))).toBe("string");
      }));
  });
};
