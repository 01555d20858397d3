/** Raised when bytes are no log of ours: says what was expected and found. The reader turns it into a `Problem`. */
export class LogFormatError extends Error {
  override readonly name = "LogFormatError";
}

/** A byte buffer that grows: what an encoder writes to. Little endian. */
export class ByteSink {
  bytes = new Uint8Array(64 * 1024);
  length = 0;
  #view = new DataView(this.bytes.buffer);

  /** What was written; valid until the next write. */
  get written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Makes room for `count` bytes and returns where they start. `bytes` may be another array after this. */
  reserve(count: number): number {
    const at = this.length;
    const end = at + count;
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
      grown.set(this.bytes);
      this.bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.length = end;
    return at;
  }

  u8(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
  }

  u16(value: number): void {
    const at = this.reserve(2);
    this.#view.setUint16(at, value, true);
  }

  u32(value: number): void {
    const at = this.reserve(4);
    this.#view.setUint32(at, value, true);
  }

  f32(value: number): void {
    const at = this.reserve(4);
    this.#view.setFloat32(at, value, true);
  }

  f64(value: number): void {
    const at = this.reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  /** Overwrites four bytes written before. */
  putU32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  /** Unsigned LEB128 of an integer up to 2^53. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.u8(rest);
  }
}

/** Most bytes of a varint: 2^56 is past every integer that a log holds. */
const varintBytes = 8;

/** Reads what a `ByteSink` wrote. Every read is checked against the end. */
export class ByteSource {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Steps over `count` bytes and returns where they start. @throws LogFormatError when they are not there. */
  take(count: number): number {
    const at = this.at;
    if (!(count >= 0 && count <= this.end - at))
      throw new LogFormatError(`expected ${count} bytes at ${at}, found the end at ${this.end}`);
    this.at = at + count;
    return at;
  }

  u8(): number {
    return this.bytes[this.take(1)]!;
  }

  u16(): number {
    return this.#view.getUint16(this.take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.take(4), true);
  }

  f32(): number {
    return this.#view.getFloat32(this.take(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.take(8), true);
  }

  /** @throws LogFormatError when it does not end within eight bytes. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < varintBytes; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new LogFormatError(`varint before ${this.at} has more than ${varintBytes} bytes`);
  }
}

/** Signed integers as unsigned ones, small where they are near nought: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

export const unzigzag = (code: number): number => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
