/** One event of a recorded session: a message as the broker handed it on, or what happened to our connection. */
export type Recorded =
  | {
      readonly kind: "message" | "kept";
      readonly atMs: number;
      readonly topic: string;
      readonly payload: Uint8Array;
    }
  | { readonly kind: "lost" | "open" | "second"; readonly atMs: number };

const kinds = ["message", "kept", "lost", "open", "second"] as const;
/** u8 kind, u8 zero, u16 bytes of the topic, u32 bytes of the payload, f64 time; topic; payload. Little endian. */
const headBytes = 16;

export const encodeRecording = (events: readonly Recorded[]): Uint8Array =>
  Buffer.concat(
    events.map((event) => {
      const topic = Buffer.from("topic" in event ? event.topic : "");
      const payload = "payload" in event ? event.payload : new Uint8Array(0);
      const head = Buffer.alloc(headBytes);
      head.writeUInt8(kinds.indexOf(event.kind), 0);
      head.writeUInt16LE(topic.length, 2);
      head.writeUInt32LE(payload.length, 4);
      head.writeDoubleLE(event.atMs, 8);
      return Buffer.concat([head, topic, payload]);
    }),
  );

export const decodeRecording = (bytes: Buffer): readonly Recorded[] => {
  const events: Recorded[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = kinds[bytes.readUInt8(at)]!;
    const topicEnd = at + headBytes + bytes.readUInt16LE(at + 2);
    const payloadEnd = topicEnd + bytes.readUInt32LE(at + 4);
    const atMs = bytes.readDoubleLE(at + 8);
    const topic = bytes.toString("utf8", at + headBytes, topicEnd);
    const payload = Uint8Array.from(bytes.subarray(topicEnd, payloadEnd));
    events.push(kind === "message" || kind === "kept" ? { kind, atMs, topic, payload } : { kind, atMs });
    at = payloadEnd;
  }
  return events;
};
