/**
 * What both shells tell the browser engine about the page: the web shell in HTTP headers, the desktop in the answers of
 * its `app://` scheme. The page needs nothing from elsewhere: fonts, textures and workers are its own files.
 */

const contentSecurity: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self'",
  // React and uPlot set styles through the CSSOM, which needs no 'unsafe-inline'.
  "style-src": "'self'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  // 'self' covers the WebSocket of the same host and port (CSP level 3, 6.7.2.8).
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

const unusedFeatures = [
  "camera",
  "microphone",
  "geolocation",
  "usb",
  "serial",
  "hid",
  "midi",
  "payment",
  "display-capture",
  "accelerometer",
  "gyroscope",
  "magnetometer",
];

/** Headers of every answer, whatever its status. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": Object.entries(contentSecurity)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": unusedFeatures.map((feature) => `${feature}=()`).join(", "),
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};
