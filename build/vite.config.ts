import { builtinModules } from "node:module";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig, Plugin } from "vite";

const root = join(import.meta.dirname, "..");

/** Chromium of Electron 45; a kiosk's browser is of that age or newer. */
const target = "chrome140";

/**
 * Every browser that can run the page reads WOFF2. Without this the older WOFF twin of each font file would be
 * copied into the product, twice its size and never asked for.
 */
const onlyWoff2 = (): Plugin => ({
  name: "only-woff2",
  enforce: "pre",
  transform(code, id) {
    if (!/@fontsource.*\.css$/.test(id)) return null;
    return { code: code.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, ""), map: null };
  },
});

const common = {
  configFile: false,
  envDir: false,
  logLevel: "warn",
  clearScreen: false,
} as const satisfies InlineConfig;

/** The page, the same for both shells. Everything it needs is a file beside it: the policy allows nothing inline. */
export const pageConfig = (outDir: string): InlineConfig => ({
  ...common,
  root: join(root, "renderer"),
  plugins: [react(), onlyWoff2()],
  worker: { format: "es" },
  build: {
    outDir,
    emptyOutDir: true,
    target,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
});

/** Workers and child processes are named by the address of their source; in the bundle they are JavaScript. */
const startsJavaScript = (): Plugin => ({
  name: "starts-javascript",
  transform: (code) => ({
    code: code.replaceAll(
      /new URL\("(\.[^"]+)\.ts", import\.meta\.url\)/g,
      'new URL("$1.js", import.meta.url)',
    ),
    map: null,
  }),
});

/** What Node's and Electron's own modules are called: they are never bundled. */
const ownModules = [/^node:/, /^electron(\/|$)/, ...builtinModules];

/**
 * Node-side code as plain JavaScript: Electron does not strip types, and a packaged product brings no sources.
 * @param format one CommonJS file for the sandboxed preload, modules for everything else
 */
export const nodeConfig = (
  input: Readonly<Record<string, string>>,
  outDir: string,
  format: "esm" | "cjs",
): InlineConfig => ({
  ...common,
  root,
  plugins: [startsJavaScript()],
  ssr: { noExternal: true, target: "node" },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: false,
    target: "node24",
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, join(root, file)])),
      external: ownModules,
      output: {
        format,
        entryFileNames: format === "cjs" ? "[name].cjs" : "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
      },
    },
  },
});
