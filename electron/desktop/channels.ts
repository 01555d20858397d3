/** Names of what passes between preload and main process. The page itself sees `DesktopShell` only. */
export const channels = {
  connectFeed: "horinger:connect-feed",
  feedPort: "horinger:feed-port",
  heartbeat: "horinger:heartbeat",
  contextLost: "horinger:context-lost",
  remedy: "horinger:remedy",
} as const;
