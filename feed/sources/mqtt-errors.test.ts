import { describe, expect, test } from "vitest";
import type { SourceErrorCode } from "#feed/contract/status.ts";
import { SourceFailure, toSourceError } from "./mqtt-errors.ts";

const failure = (code: string | number, message = "") => Object.assign(new Error(message), { code });

describe("what failed is named:", () => {
  test.each<readonly [string | number, SourceErrorCode]>([
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["ECONNREFUSED", "refused"],
    ["EHOSTUNREACH", "unreachable"],
    ["ENETUNREACH", "unreachable"],
    ["ETIMEDOUT", "timeout"],
    ["ECONNRESET", "closed"],
    ["ENOENT", "file"],
    ["EACCES", "file"],
    ["CERT_HAS_EXPIRED", "tls-expired"],
    ["CERT_NOT_YET_VALID", "tls-early"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls-host"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls-unknown-ca"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls-unknown-ca"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls-unknown-ca"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls-self-signed"],
    ["CERT_REVOKED", "tls-revoked"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "tls-client-missing"],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "tls-client-rejected"],
    ["ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED", "tls-client-rejected"],
    ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "tls-client-rejected"],
    ["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "tls-key-mismatch"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls-version"],
    ["ERR_SSL_UNSUPPORTED_PROTOCOL", "tls-version"],
    ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "tls-alpn"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls-plain"],
    ["ERR_SSL_BAD_RECORD_TYPE", "tls"],
    [1, "protocol"],
    [2, "client-id"],
    [3, "unavailable"],
    [4, "password"],
    [5, "auth"],
    [132, "protocol"],
    [133, "client-id"],
    [134, "password"],
    [135, "auth"],
    [136, "unavailable"],
    [137, "full"],
    [138, "banned"],
    [139, "unavailable"],
    [142, "taken-over"],
    [149, "packet-too-large"],
    [151, "full"],
    [152, "kicked"],
    [157, "moved"],
    [159, "full"],
    [128, "closed"],
  ])("%s is %s", (code, expected) => expect(toSourceError(failure(code)).code).toBe(expected));

  test.each<readonly [string, SourceErrorCode]>([
    ["connack timeout", "timeout"],
    ["Keepalive timeout", "timeout"],
    ["Unexpected server response: 404", "websocket"],
    ["Invalid header flag bits, must be 0x0 for puback packet", "protocol"],
    ["Cannot parse protocolId", "protocol"],
    ["something new", "closed"],
  ])("“%s” is %s", (message, expected) => expect(toSourceError(new Error(message)).code).toBe(expected));
});

test("of a name with several addresses the first failure counts", () => {
  const all = new AggregateError([failure("ECONNREFUSED", "a"), failure("EHOSTUNREACH", "b")]);
  expect(toSourceError(all)).toEqual({ code: "refused", detail: "a" });
});

test("what is known already stays as it is", () => {
  const reason = { code: "filters", detail: "x" } as const;
  expect(toSourceError(new SourceFailure(reason))).toBe(reason);
});

test("words for programmers are left out", () => {
  const openssl =
    "40CD0D6BD37F0000:error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:../deps/x.c:918:SSL alert number 48\n";
  expect(toSourceError(failure("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", openssl)).detail).toBe(
    "tlsv1 alert unknown ca",
  );
  const node =
    "self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca";
  expect(toSourceError(failure("DEPTH_ZERO_SELF_SIGNED_CERT", node)).detail).toBe("self-signed certificate");
});
