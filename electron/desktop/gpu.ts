import type { GPUFeatureStatus } from "electron";

/** Whether Chromium gives pages no WebGL at all. In software it is slow, but it is there. */
export const isGpuUseless = ({ webgl }: Pick<GPUFeatureStatus, "webgl">): boolean =>
  /^(disabled|unavailable)_off/.test(webgl);
