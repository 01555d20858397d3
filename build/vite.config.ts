import { builtinModules } from "node:module";
import { dirname, join, relative, sep } from "node:path";
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
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});

/**
 * Node-side code finds its worker, its child process and the built-in campus by their address beside itself. All files
 * of a bundle lie in one folder, so such an address becomes one from there: an entry's name, or a copied folder.
 */
const addressesFromBundle = (entries: Readonly<Record<string, string>>): Plugin => {
  const fromBundle = (id: string, address: string): string => {
    const path = relative(root, join(dirname(id), address))
      .split(sep)
      .join("/");
    const entry = Object.entries(entries).find(([, file]) => file === path);
    if (entry) return `./${entry[0]}.js`;
    if (path.endsWith(".ts")) throw new Error(`${id} names ${path}, which is no entry of the bundle`);
    return `./${path}/`;
  };
  return {
    name: "addresses-from-bundle",
    transform: (code, id) => {
      if (id.includes("/node_modules/")) return null;
      const ours = /new URL\("(\.[^"]+)", import\.meta\.url\)/g;
      const rewritten = code.replaceAll(ours, (_all, address: string) => {
        return `new URL("${fromBundle(id, address)}", import.meta.url)`;
      });
      return { code: rewritten, map: null };
    },
  };
};

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
  plugins: [addressesFromBundle(input)],
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
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
});
