import type { IncomingMessage, ServerResponse } from "node:http";
import { basename } from "node:path";
import type { OpenAnswer } from "#feed/contract/recordings.ts";
import type { Feed } from "#feed/service.ts";
import { removeFolder } from "#feed/temp-folder.ts";
import { err, type Problem } from "#twins/model/result.ts";
import { brokeOff, type Received, type UploadLimits, Uploads } from "./uploads.ts";

/** Whether a request brings a recording, or ends that: what else is asked there changes nothing. */
export const isAboutRecordings = ({ url = "", method = "" }: IncomingMessage): boolean =>
  /^\/recordings(\/|\?|$)/.test(url) && ["POST", "PUT", "DELETE"].includes(method);

interface Asking {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The page has gone. */
  readonly signal: AbortSignal;
}

/** A connection that brings nothing for so long is gone. */
const silentMs = 30_000;

/** That a file is no recording is an answer like any other; what went wrong on the way is a failure. */
const statusOf: Readonly<Record<string, number>> = {
  "log-too-large": 413,
  "log-too-many": 413,
  "log-disk-full": 507,
  "log-busy": 503,
  "log-upload": 400,
  "log-wall": 403,
};

/**
 * Takes recordings from pages and opens them:
 * `POST /recordings?bytes=N` → name of an upload · `PUT /recordings/UPLOAD/FILE.mcap` for each file ·
 * `POST /recordings/UPLOAD` → name of the opened recording, for `/?log=NAME` · `DELETE /recordings/UPLOAD` before that.
 * Answers are `OpenAnswer` as JSON. Who may ask has been checked.
 */
export class Recordings {
  readonly #feed: Pick<Feed, "open">;
  readonly #uploads: Uploads;

  constructor(feed: Pick<Feed, "open">, limits?: Partial<UploadLimits>) {
    this.#feed = feed;
    this.#uploads = new Uploads(limits);
  }

  /** @throws never: what goes wrong is the answer */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    // The page left: there is nobody to tell, and what came of its file is deleted below.
    request.on("error", () => {});
    const leaving = new AbortController();
    response.once("close", () => leaving.abort());
    const asking = { request, url, signal: leaving.signal };
    const answer = await this.#answerTo(asking).catch((error: unknown) => err(failed(error)));
    // A page that is still sending hears nothing before it has sent all; one that sends far too much is cut off.
    if (answer.ok || answer.error.code !== "log-too-large") await drained(request);
    const status = answer.ok ? 200 : (statusOf[answer.error.code] ?? 200);
    if (response.destroyed) return;
    response.writeHead(status, {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
      // The rest of a file that is refused must not be read as the next request.
      ...(!request.complete && { Connection: "close" }),
    });
    response.end(`${JSON.stringify(answer)}\n`);
  }

  close(): void {
    this.#uploads.close();
  }

  async #answerTo({ request, url, signal }: Asking): Promise<OpenAnswer> {
    const [, , upload, file, more] = url.pathname.split("/");
    if (more !== undefined) return err(brokeOff);
    if (!upload)
      return request.method === "POST" ? this.#begin(url.searchParams.get("bytes")) : err(brokeOff);
    if (!this.#uploads.has(upload)) return err(brokeOff);
    if (request.method === "PUT") return this.#take(upload, file ?? "", request);
    if (file !== undefined) return err(brokeOff);
    if (request.method === "POST") return this.#open(upload, signal);
    this.#uploads.cancel(upload);
    return { ok: true, value: upload };
  }

  async #begin(bytes: string | null): Promise<OpenAnswer> {
    if (bytes === null || !/^\d{1,15}$/.test(bytes)) return err(brokeOff);
    return this.#uploads.begin(Number(bytes));
  }

  async #take(upload: string, file: string, request: IncomingMessage): Promise<OpenAnswer> {
    const name = nameIn(file);
    if (name === null) {
      this.#uploads.cancel(upload);
      return err(brokeOff);
    }
    request.setTimeout(silentMs, () => request.destroy());
    const taken = await this.#uploads.take(upload, name, request);
    request.setTimeout(0);
    return taken.ok ? { ok: true, value: basename(taken.value) } : taken;
  }

  async #open(upload: string, signal: AbortSignal): Promise<OpenAnswer> {
    const received = this.#uploads.finish(upload);
    if (!received || received.paths.length === 0) return err(brokeOff);
    const remove = (): void => removeFolder(received.folder);
    const opened = await this.#feed
      .open({ paths: received.paths, isCopy: true, signal, onClosed: remove })
      .catch((error: unknown) => err(failed(error)));
    if (opened.ok) return opened;
    remove();
    return err(withoutFolder(opened.error, received));
  }
}

const drained = (request: IncomingMessage): Promise<void> | null =>
  request.complete || request.destroyed
    ? null
    : new Promise((resolve) => {
        request.once("end", resolve).once("close", resolve).resume();
      });

/** A name of a recording that leads nowhere else; null for any other. */
const nameIn = (encoded: string): string | null => {
  try {
    const name = decodeURIComponent(encoded);
    const isPlain = !/[/\\\p{Cc}]/u.test(name) && !name.startsWith(".") && /\.mcap$/i.test(name);
    return isPlain ? name : null;
  } catch {
    return null; // a broken % escape
  }
};

/** Where we put a copy is nobody's business. */
const withoutFolder = ({ file, ...problem }: Problem, { paths }: Received): Problem => {
  let { message } = problem;
  for (const path of paths) message = message.replaceAll(path, basename(path));
  return { ...problem, message, ...(file !== undefined && { file: basename(file) }) };
};

const failed = (error: unknown): Problem => ({
  ...brokeOff,
  message: error instanceof Error ? error.message : String(error),
});
