import { readFile } from "node:fs/promises";
import type { CustomScheme } from "electron";
import { securityHeaders } from "#electron/common/security.ts";
import { fileHeaders, type StaticFiles } from "#electron/common/static-files.ts";

const scheme = "app";
/** Origin of the page in the desktop shell. */
export const pageOrigin = `${scheme}://horinger`;

/** Treated like https: own origin, secure context, fetch and workers; no service workers, no way around the policy. */
export const pageScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

const refuse = (status: number, text: string): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8" },
  });

/** Answers `app://horinger/…` from the built page, with the headers that the web shell sends. */
export const pageHandler =
  (files: StaticFiles) =>
  async (request: Pick<Request, "url" | "method">): Promise<Response> => {
    const url = URL.parse(request.url);
    if (!url || url.protocol !== `${scheme}:` || url.host !== "horinger")
      return refuse(403, "Not this page.");
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET and HEAD.");
    const file = files.find(url.pathname);
    if (!file) return refuse(404, "There is nothing here.");
    const body = request.method === "HEAD" ? null : await readFile(file.path);
    return new Response(body, { headers: { ...securityHeaders, ...fileHeaders(file) } });
  };
