import type { SourceErrorCode } from "#feed/contract/status.ts";

/** Why a broker cannot be read: what happened, without a full stop, and what to do. */
export interface SourceErrorText {
  readonly what: string;
  readonly tip: string;
}

/** English: why a broker cannot be read, and what to do. */
export const enSourceErrors: Readonly<Record<SourceErrorCode, SourceErrorText>> = {
  dns: {
    what: "The broker's name is not known",
    tip: "Check the spelling of the address and this machine's DNS, or use the IP address.",
  },
  refused: {
    what: "Nobody listens at the broker's port",
    tip: "Check that the broker runs and that the port is right: 1883 for mqtt:, 8883 for mqtts: by default.",
  },
  unreachable: {
    what: "There is no way to the broker's machine",
    tip: "Check network, route and VPN of this machine.",
  },
  timeout: {
    what: "The broker does not answer",
    tip: "Check that it runs, and that no firewall between drops the packets.",
  },
  closed: {
    what: "The broker closed the connection without a reason",
    tip: "Look into the broker's log. Where --mqtt-client-id is set, another client may use the same id.",
  },
  "closed-early": {
    what: "The broker closed the connection before it answered",
    tip: "Check that the port is MQTT's, and whether it wants an encrypted connection: mqtts: or wss: instead.",
  },
  websocket: {
    what: "The web server there offers no MQTT",
    tip: "Check port and path of the address; many brokers use /mqtt.",
  },
  tls: {
    what: "The encrypted connection failed",
    tip: "Look into the broker's log; the words below are those of the TLS library.",
  },
  "tls-expired": {
    what: "The broker's certificate has expired",
    tip: "Have it renewed. If its dates are right, set this machine's clock.",
  },
  "tls-early": {
    what: "The broker's certificate is not valid yet",
    tip: "Set this machine's clock; if it is right, have the certificate issued anew.",
  },
  "tls-host": {
    what: "The broker's certificate is for another name",
    tip: "Use one of the names in the certificate as the address, or have it issued for this one.",
  },
  "tls-unknown-ca": {
    what: "The issuer of the broker's certificate is not known here",
    tip: "Name the certificate authority's file with --mqtt-ca. The broker must send its whole chain.",
  },
  "tls-self-signed": {
    what: "The broker's certificate is signed by itself",
    tip: "If you trust it, name that very certificate with --mqtt-ca; better, have one issued by your authority.",
  },
  "tls-revoked": {
    what: "The broker's certificate was revoked",
    tip: "Do not trust this broker. Ask who runs it for a new certificate.",
  },
  "tls-client-missing": {
    what: "The broker wants a client certificate",
    tip: "Give certificate and key with --mqtt-cert and --mqtt-key.",
  },
  "tls-client-rejected": {
    what: "The broker does not accept our client certificate",
    tip: "Check that it is valid and issued by an authority that the broker trusts; have it issued anew.",
  },
  "tls-key-mismatch": {
    what: "Client key and client certificate do not belong together",
    tip: "Give the key that the certificate was made for: --mqtt-cert and --mqtt-key.",
  },
  "tls-version": {
    what: "The broker speaks no TLS version that is still safe",
    tip: "Turn on TLS 1.2 or 1.3 at the broker.",
  },
  "tls-alpn": {
    what: "The broker accepts none of the application protocols offered",
    tip: "Check --mqtt-alpn against the broker's manual, or leave it away.",
  },
  "tls-plain": {
    what: "The broker's port is not an encrypted one",
    tip: "Use the broker's TLS port, 8883 by default; or mqtt: and ws: where no encryption is wanted.",
  },
  password: {
    what: "User or password is wrong",
    tip: "Set HORINGER_MQTT_USER and HORINGER_MQTT_PASSWORD in the environment and start again.",
  },
  auth: {
    what: "The broker does not let us in",
    tip: "Have this user, or this client certificate, allowed to connect; set HORINGER_MQTT_USER and HORINGER_MQTT_PASSWORD.",
  },
  acl: {
    what: "The broker does not let us read these topics",
    tip: "Have this user allowed to subscribe to them in the broker's access list. Reading is enough.",
  },
  filters: {
    what: "The filters leave nothing to read",
    tip: "Check --filters against the topics of the wire; docs/WIRE.md lists them.",
  },
  "client-id": {
    what: "The broker does not accept our client id",
    tip: "Set the id it wants with --mqtt-client-id.",
  },
  protocol: {
    what: "The other side speaks no MQTT that we know",
    tip: "It must speak MQTT 5.0 or 3.1.1. Check that address and port are the broker's.",
  },
  "taken-over": {
    what: "Another client came with our client id",
    tip: "Give every client an id of its own: change or leave away --mqtt-client-id.",
  },
  kicked: {
    what: "An administrator of the broker disconnected us",
    tip: "Ask who runs the broker.",
  },
  banned: {
    what: "The broker has banned us",
    tip: "Ask who runs the broker to lift the ban on this user, id or address.",
  },
  full: {
    what: "The broker is full",
    tip: "Raise its limit of clients or messages, or disconnect clients that are not needed.",
  },
  unavailable: {
    what: "The broker is not serving now",
    tip: "It may be starting or shutting down. If this lasts, look into its log.",
  },
  moved: {
    what: "The broker has moved",
    tip: "Ask who runs it for the new address, and start with it.",
  },
  "packet-too-large": {
    what: "A message is larger than the broker or we accept",
    tip: "Raise the broker's limit, or split the message where it is published.",
  },
  file: {
    what: "A certificate or key file cannot be read",
    tip: "Check the path and its permissions.",
  },
  "file-content": {
    what: "A certificate or key file is not what it should be",
    tip: "It must be PEM, beginning with -----BEGIN, and a key must not be encrypted.",
  },
};
