/** How every Chromium of ours is started: software WebGL2 where there is no GPU, and nothing that calls home. */
export const chromiumArguments: string[] = [
  "--no-sandbox", // Tests may run as root, where Chromium's own sandbox refuses to start.
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
