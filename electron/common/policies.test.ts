import fc from "fast-check";
import { expect, test } from "vitest";
import { isOwnPage, mayNavigate, mayUse } from "./policies.ts";
import { securityHeaders } from "./security.ts";

const origin = "app://horinger";

test.each([
  ["app://horinger/", true],
  ["app://horinger/index.html?lang=en#x", true],
  ["app://horinger.evil/", false],
  ["app://evil/horinger", false],
  ["app://horinger:81/", false],
  ["app://user@evil/", false],
  ["https://horinger/", false],
  ["file:///etc/passwd", false],
  ["javascript:alert(1)", false],
  ["about:blank", false],
  ["", false],
])("%s is our page: %s", (url, ours) => {
  expect(isOwnPage(url, origin)).toBe(ours);
  expect(mayNavigate(url, origin)).toBe(ours);
  expect(mayUse("fullscreen", url, origin)).toBe(ours);
});

test("only named permissions, even for our own page", () => {
  fc.assert(
    fc.property(fc.string(), (permission) => {
      fc.pre(permission !== "fullscreen" && permission !== "clipboard-sanitized-write");
      return !mayUse(permission, "app://horinger/", origin);
    }),
  );
  for (const permission of ["media", "geolocation", "notifications", "openExternal", "hid", "constructor"])
    expect(mayUse(permission, "app://horinger/", origin), permission).toBe(false);
});

test("the content security policy names no other host and allows no inline or evaluated code", () => {
  const policy = securityHeaders["Content-Security-Policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});
