import { readdir, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";

/** One file of the built page. */
export interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  /** The name carries a hash of the content, so it never changes under its address. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".wasm": "application/wasm",
  ".bin": "application/octet-stream",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * The files of a folder by the address they are served at. The folder is listed once and only listed names are ever
 * opened: no address can lead out of it, however it is spelt.
 */
export class StaticFiles {
  readonly #byAddress: ReadonlyMap<string, StaticFile>;

  private constructor(byAddress: ReadonlyMap<string, StaticFile>) {
    this.#byAddress = byAddress;
  }

  /** Files of unknown type and links are left out. */
  static async open(folder: string): Promise<StaticFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined);
    const served = files.map(async (entry): Promise<readonly [string, StaticFile]> => {
      const path = join(entry.parentPath, entry.name);
      const address = path.slice(folder.length).split(sep).join("/");
      const { size } = await stat(path);
      const type = types[extname(entry.name)] ?? "";
      return [address, { path, type, bytes: size, immutable: /^\/assets\/.*-[\w-]{8}\./.test(address) }];
    });
    return new StaticFiles(new Map(await Promise.all(served)));
  }

  /** @param pathname path of a URL, as the URL parser gives it; `/` is the page itself. */
  find(pathname: string): StaticFile | undefined {
    if (pathname === "/") return this.#byAddress.get("/index.html");
    try {
      return this.#byAddress.get(decodeURIComponent(pathname));
    } catch {
      return undefined; // a broken % escape names no file
    }
  }

  get count(): number {
    return this.#byAddress.size;
  }
}

/** Headers of a file that was found, beside the security headers. */
export const fileHeaders = (file: StaticFile): Record<string, string> => ({
  "Content-Type": file.type,
  "Content-Length": String(file.bytes),
  "Cache-Control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
});
