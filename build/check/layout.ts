/** Import rules of the house (docs/ARCHITECTURE.md): which folder may import from which. Own folder: always. */
export interface Area {
  /** Path prefix. The longest that fits a file rules it. */
  readonly folder: string;
  readonly mayImport: readonly string[];
}

/** The renderer's layers, outermost first: each imports only from layers after its own, so that
 * panels, wall, timeline, charts, recordings and scene never know one another: App composes them. */
const rendererLayers = [
  ["panels", "wall", "timeline", "charts", "recordings", "scene", "automation"],
  ["ui"],
  ["stores"],
  ["player"],
  ["data"],
  ["host"],
  ["i18n", "styles"],
] as const;

const outside = ["twins", "feed/contract"];

/** App hands `window.twin` the scene; only the scene's promise to others is known there, never its insides. */
const extras: Readonly<Record<string, readonly string[]>> = { automation: ["renderer/scene/handle.ts"] };

const rendererAreas: readonly Area[] = rendererLayers.flatMap((layer, depth) =>
  layer.map((name) => ({
    folder: `renderer/${name}`,
    mayImport: [
      ...outside,
      ...(extras[name] ?? []),
      ...rendererLayers
        .slice(depth + 1)
        .flat()
        .map((inner) => `renderer/${inner}`),
    ],
  })),
);

export const areas: readonly Area[] = [
  { folder: "twins/model", mayImport: [] },
  { folder: "twins/horinger", mayImport: ["twins/model"] },
  { folder: "twins/announced", mayImport: ["twins/model"] },
  { folder: "twins/kpi", mayImport: ["twins/model"] },
  { folder: "twins/alarm", mayImport: ["twins/model"] },
  { folder: "twins/topology", mayImport: ["twins/model"] },
  { folder: "twins/physics", mayImport: ["twins/model", "twins/topology"] },
  { folder: "twins/scenario", mayImport: ["twins/model", "twins/physics"] },
  { folder: "feed/contract", mayImport: ["twins"] },
  { folder: "feed", mayImport: ["twins"] },
  { folder: "electron/common", mayImport: ["feed", "twins"] },
  { folder: "electron/web", mayImport: ["electron/common", "feed", "twins"] },
  { folder: "electron/desktop", mayImport: ["electron/common", "feed", "twins"] },
  { folder: "renderer", mayImport: outside },
  ...rendererAreas,
  { folder: "build", mayImport: ["electron", "feed", "twins"] },
  { folder: "bench", mayImport: ["build", "electron", "feed", "renderer", "twins"] },
  { folder: "e2e", mayImport: ["build", "electron", "feed", "renderer", "twins"] },
];

/** Folders whose modules are checked. */
export const sourceFolders = ["twins", "feed", "electron", "renderer", "build", "bench", "e2e"] as const;

/** Packages that stay out of a folder, `node:` standing for everything built into Node. */
export const barredPackages: readonly { readonly folder: string; readonly packages: readonly string[] }[] = [
  { folder: "twins", packages: ["node:", "react", "react-dom", "three", "mqtt", "aedes", "ws", "vite"] },
  { folder: "feed", packages: ["react", "react-dom", "three", "zustand", "vite"] },
  { folder: "renderer", packages: ["node:", "mqtt", "aedes", "ws", "vite"] },
];

/** The one folder that may import `electron`. */
export const electronFolder = "electron/desktop";
