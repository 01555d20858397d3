import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** A file to read from at any place. Methods throw the file system's error. */
export interface FileBytes {
  /** Bytes there were when it was opened, or last measured. */
  readonly size: number;
  /** Looks how large the file is now. */
  measure(): number;
  /** Up to `length` bytes from `at`: fewer at the end. The array is reused by the next `read` when `scratch` is given. */
  read(at: number, length: number, scratch?: ScratchBytes): Uint8Array;
  close(): void;
}

/** Bytes that are read into again and again. */
export class ScratchBytes {
  #bytes = new Uint8Array(0);

  of(length: number): Uint8Array {
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(Math.ceil(length * 1.25));
    return this.#bytes.subarray(0, length);
  }
}

export const openBytes = (path: string): FileBytes => {
  const file = openSync(path, "r");
  let { size } = fstatSync(file);
  return {
    get size() {
      return size;
    },
    measure: () => {
      ({ size } = fstatSync(file));
      return size;
    },
    read: (at, length, scratch) => {
      const wanted = Math.max(0, Math.min(length, size - at));
      const into = scratch ? scratch.of(wanted) : new Uint8Array(wanted);
      let got = 0;
      while (got < wanted) {
        const count = readSync(file, into, got, wanted - got, at + got);
        if (count === 0) break;
        got += count;
      }
      return into.subarray(0, got);
    },
    close: () => closeSync(file),
  };
};
