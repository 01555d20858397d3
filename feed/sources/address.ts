import type { MqttConfig } from "#feed/contract/config.ts";

/** Broker address as it may be shown: without user, password and query. */
export const shownAddress = (url: string): string => {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
  } catch {
    return "?";
  }
};

/** Whether the connection to this address is encrypted. */
export const isEncrypted = (url: string): boolean => /^(mqtts|wss):/i.test(url);

/** Whether a password goes over a network as everybody can read it. */
export const isExposed = ({ url, password }: Pick<MqttConfig, "url" | "password">): boolean =>
  password !== null && !isEncrypted(url) && !/^\w+:\/\/(localhost|127\.|\[::1\])/.test(url);
