import { mkdirSync, rmSync } from "node:fs";
import { open, statfs } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { largestOpenedBytes, mostOpenedFiles } from "#feed/contract/recordings.ts";
import { makeTempFolder, removeFolder, type TempFolder } from "#feed/temp-folder.ts";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";

export interface UploadLimits {
  readonly fileBytes: number;
  /** Room where the files are put, bytes. */
  readonly freeBytes: (folder: string) => Promise<number>;
}

const realLimits: UploadLimits = {
  fileBytes: largestOpenedBytes,
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/** Left free for everybody else, the recorder first. */
const reserveBytes = 1024 ** 3;
/** As often the room is looked at while a file comes in. */
const lookBytes = 64 * 1024 ** 2;
const mostUploads = 4;
/** A page that says nothing for so long has gone. */
const forgottenMs = 60_000;

const tooLarge: Problem = {
  code: "log-too-large",
  message: "a file is larger than 16 GiB",
  tip: "Start with --log to show it from where it is.",
};
const tooMany: Problem = {
  code: "log-too-many",
  message: `more than ${mostOpenedFiles} files`,
  tip: "Open fewer at a time, or start with --log and their folder.",
};
const diskFull: Problem = {
  code: "log-disk-full",
  message: "there is no room for a copy of the recording",
  tip: "Free some of the disk that holds temporary files, or start with --log.",
};
const busy: Problem = {
  code: "log-busy",
  message: `${mostUploads} recordings are being opened already`,
  tip: "Wait for one of them, and try again.",
};
export const brokeOff: Problem = {
  code: "log-upload",
  message: "the recording did not arrive whole",
  tip: "Open it again.",
};

/** Files that come in for one recording. */
interface Upload {
  readonly folder: string;
  readonly paths: string[];
  /** Runs out where nobody goes on. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The recording as it lies here, until `remove`. */
export interface Received {
  readonly folder: string;
  readonly paths: readonly string[];
}

/**
 * Recordings that pages send, each a folder of files below one temporary folder that goes with this process. A file is
 * written as it comes, never held; what does not arrive whole is deleted with all that came with it.
 */
export class Uploads {
  readonly #limits: UploadLimits;
  readonly #uploads = new Map<string, Upload>();
  #home: TempFolder | null = null;
  #count = 0;

  constructor(limits: Partial<UploadLimits> = {}) {
    this.#limits = { ...realLimits, ...limits };
  }

  /** @param bytes of all files to come @returns the upload's name */
  async begin(bytes: number): Promise<Result<string>> {
    if (this.#uploads.size >= mostUploads) return err(busy);
    this.#home ??= makeTempFolder("opened");
    if ((await this.#limits.freeBytes(this.#home.path)) < bytes + reserveBytes) return err(diskFull);
    const name = crypto.randomUUID();
    const folder = join(this.#home.path, String(++this.#count));
    const upload: Upload = { folder, paths: [], timer: undefined };
    this.#uploads.set(name, upload);
    this.#wait(name, upload);
    return ok(name);
  }

  has(name: string): boolean {
    return this.#uploads.has(name);
  }

  /** Takes one file as it comes. @param fileName as the page has it */
  async take(name: string, fileName: string, request: IncomingMessage): Promise<Result<string>> {
    const upload = this.#uploads.get(name);
    if (!upload) return err(brokeOff);
    clearTimeout(upload.timer);
    const result = await this.#write(upload, fileName, request);
    if (!result.ok) this.cancel(name);
    else this.#wait(name, upload);
    return result;
  }

  /** Ends an upload, which is the caller's from now on. */
  finish(name: string): Received | null {
    const upload = this.#uploads.get(name);
    if (!upload) return null;
    clearTimeout(upload.timer);
    this.#uploads.delete(name);
    return upload;
  }

  cancel(name: string): void {
    const upload = this.finish(name);
    if (upload) removeFolder(upload.folder);
  }

  close(): void {
    for (const name of [...this.#uploads.keys()]) this.cancel(name);
    this.#home?.remove();
  }

  #wait(name: string, upload: Upload): void {
    if (!this.#uploads.has(name)) return;
    upload.timer = setTimeout(() => this.cancel(name), forgottenMs);
    upload.timer.unref();
  }

  async #write(upload: Upload, fileName: string, request: IncomingMessage): Promise<Result<string>> {
    const bytes = Number(request.headers["content-length"] ?? 0);
    if (upload.paths.length >= mostOpenedFiles) return err(tooMany);
    if (bytes > this.#limits.fileBytes) return err(tooLarge);
    const path = pathIn(upload, fileName);
    upload.paths.push(path);
    try {
      return await this.#stream(path, request, bytes);
    } catch (error) {
      rmSync(path, { force: true });
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code === "ENOSPC" || code === "EDQUOT") return err(diskFull);
      if (code === null) throw error;
      return err(brokeOff);
    }
  }

  async #stream(path: string, request: IncomingMessage, bytes: number): Promise<Result<string>> {
    const file = await open(path, "wx", 0o600);
    let written = 0;
    let lookAt = 0;
    try {
      // The next piece is asked for when this one is on disk; the connection stays, for the answer.
      for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
        if (written >= lookAt) {
          if ((await this.#limits.freeBytes(path)) < reserveBytes) return err(diskFull);
          lookAt += lookBytes;
        }
        await file.appendFile(piece);
        written += piece.length;
      }
    } finally {
      await file.close();
    }
    return written === bytes ? ok(path) : err(brokeOff);
  }
}

/**
 * Where a file goes: in a folder that is called as the first of them, which is what people see of several. The name is the
 * page's, so nothing of it may lead anywhere, and no system may refuse it.
 */
const pathIn = (upload: Upload, fileName: string): string => {
  const plain = fileName.replace(/[^\p{L}\p{N} ._()+-]/gu, "_").replace(/^[.\s]+/, "");
  const name = plain === "" ? "recording.mcap" : plain.slice(-100);
  const [first] = upload.paths;
  const folder = first === undefined ? join(upload.folder, stemOf(name)) : join(first, "..");
  if (first === undefined) mkdirSync(folder, { recursive: true });
  const isTaken = upload.paths.includes(join(folder, name));
  return join(folder, isTaken ? `${upload.paths.length}-${name}` : name);
};

/** Never empty, and no name ends in a dot or a space: Windows would drop them. */
const stemOf = (name: string): string => name.replace(/\.mcap$/i, "").replace(/[.\s]+$/, "") || "recording";
