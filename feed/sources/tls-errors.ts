import type { SourceErrorCode } from "#feed/contract/status.ts";

/**
 * Results of OpenSSL's verification (X509_V_ERR_…), alerts of RFC 8446 §6.2 and other reasons of its TLS, as Node spells
 * them: `CERT_HAS_EXPIRED`, `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`, in OpenSSL 3.5 `ERR_SSL_SSL/TLS_ALERT_…`.
 */
const reasons: readonly (readonly [name: RegExp, code: SourceErrorCode])[] = [
  [/^CERT_HAS_EXPIRED$/, "tls-expired"],
  [/^CERT_NOT_YET_VALID$/, "tls-early"],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, "tls-host"],
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, "tls-self-signed"],
  [/^CERT_REVOKED$/, "tls-revoked"],
  [
    /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA)/,
    "tls-unknown-ca",
  ],
  [/ALERT_(CERTIFICATE_REQUIRED|NO_CERTIFICATE)$/, "tls-client-missing"],
  [
    /ALERT_((BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/,
    "tls-client-rejected",
  ],
  [/KEY_VALUES_MISMATCH$/, "tls-key-mismatch"],
  [/(ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)$/, "tls-version"],
  [/NO_APPLICATION_PROTOCOL$/, "tls-alpn"],
  [/(WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL)$/, "tls-plain"],
  [/^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_ZERO|EPROTO$)/, "tls"],
];

/** The code of a failed handshake, or null for another error. */
export const tlsErrorCode = (code: string): SourceErrorCode | null =>
  reasons.find(([name]) => name.test(code))?.[1] ?? null;
