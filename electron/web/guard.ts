import type { IncomingMessage } from "node:http";
import { cookieName, cookieValue, isSame } from "./token.ts";

/** Why a request gets no answer. */
export interface Rejection {
  readonly status: 400 | 401 | 403 | 404 | 405 | 411 | 413 | 414 | 503;
  readonly text: string;
}

const longestAddress = 2048;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Who may ask, decided from the request's head alone. */
export class Guard {
  readonly #token: string;
  readonly #port: number;
  readonly #hosts: ReadonlySet<string>;

  constructor(token: string, port: number) {
    this.#token = token;
    this.#port = port;
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  }

  /** Checks that need no secret, of a request that changes nothing. */
  checkHead(request: IncomingMessage): Rejection | null {
    const rejection = this.#checkPlace(request);
    if (rejection) return rejection;
    if (request.method !== "GET" && request.method !== "HEAD")
      return { status: 405, text: "Only GET and HEAD are answered." };
    return hasBody(request) ? { status: 413, text: "Requests carry no body here." } : null;
  }

  /** Checks of a request that brings a recording: from our own page alone, and its length is known. */
  checkChange(request: IncomingMessage): Rejection | null {
    const rejection = this.#checkPlace(request);
    if (rejection) return rejection;
    if (request.headers.origin === undefined) return { status: 403, text: "A change must name its origin." };
    if (!this.isKnown(request)) return { status: 401, text: "Open the page first." };
    if (request.headers["transfer-encoding"] !== undefined)
      return { status: 411, text: "The length must be said." };
    return request.method !== "PUT" && hasBody(request)
      ? { status: 413, text: "This request carries no body." }
      : null;
  }

  /**
   * A foreign `Host` is a DNS name that was pointed at this machine (DNS rebinding);
   * a foreign `Origin` is another page that asks in its visitor's name.
   */
  #checkPlace(request: IncomingMessage): Rejection | null {
    const { host, origin } = request.headers;
    if (host === undefined || !this.#hosts.has(host))
      return { status: 403, text: "This server answers to 127.0.0.1 and localhost only." };
    if (origin !== undefined && origin !== `http://${host}`)
      return { status: 403, text: "Requests from other pages are refused." };
    if ((request.url ?? "").length > longestAddress) return { status: 414, text: "The address is too long." };
    return null;
  }

  /** A page's WebSocket always names its origin; whoever does not is no page of ours. */
  checkUpgrade(request: IncomingMessage): Rejection | null {
    const rejection = this.checkHead(request);
    if (rejection) return rejection;
    if (request.headers.origin === undefined)
      return { status: 403, text: "A WebSocket must name its origin." };
    return this.isKnown(request) ? null : { status: 401, text: "Open the page first." };
  }

  isToken(given: string): boolean {
    return isSame(given, this.#token);
  }

  /** Whether the request carries the cookie that the token was exchanged for. */
  isKnown(request: IncomingMessage): boolean {
    const prefix = `${cookieName(this.#port)}=`;
    const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
    const given = cookies.filter((cookie) => cookie.startsWith(prefix));
    return given.some((cookie) => isSame(cookie.slice(prefix.length), cookieValue(this.#token, this.#port)));
  }

  /** `Set-Cookie` for the exchange. No `Secure`: this is plain HTTP that never leaves the machine. */
  get cookie(): string {
    const value = cookieValue(this.#token, this.#port);
    return `${cookieName(this.#port)}=${value}; Path=/; HttpOnly; SameSite=Strict`;
  }
}
