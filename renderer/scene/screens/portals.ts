import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LinearFilter,
  Mesh,
  RedFormat,
  ShaderMaterial,
} from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { letBeKits } from "#renderer/scene/campus/kitShape.ts";
import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { sceneryMaterial } from "#renderer/scene/campus/scenery.ts";
import { within } from "#renderer/scene/campus/site.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { letStandFor } from "#renderer/scene/campus/stands.ts";
import { type AssetRef, Stage } from "#twins/model/twin.ts";
import { portalRows } from "./places.ts";
import { plainIcon, portalIcons } from "./portalIcons.ts";
import { portalKit, signAboveM } from "./portalKit.ts";

/** Icons drawn once into one coverage texture, cell beside cell. */
export interface IconAtlas {
  readonly cellPx: number;
  readonly coverage: Uint8Array<ArrayBuffer>;
}
/** Paints 24 × 24 strokes; comes from outside, because the scene's own code knows no DOM. */
export type IconPainter = (strokes: readonly string[]) => IconAtlas;

interface Portal {
  readonly asset: AssetRef;
  readonly segment: string;
  readonly box: Box;
  readonly isPlanned: boolean;
}

const portalsOf = (layout: Layout): readonly Portal[] => {
  const table = layout.twin.table("portal");
  const stage = table.attribute("stage");
  return portalRows(layout).map((row) => ({
    asset: { className: "portal", row },
    segment: table.idOf(row).split("/").at(-1) ?? "",
    box: boxOf(table, row),
    isPlanned: stage?.[row] === Stage.planned,
  }));
};

/** Published as signed (new-deals-projects); their places are not published, so they stand in rows on one ground. */
const ghosts = { count: 17, columns: 6, gap: 5 } as const;

/** Plots that are signed and no more: outlines on the ground of a planned portal. */
export const ghostPlots = (layout: Layout): readonly Placed[] =>
  portalsOf(layout)
    .filter(({ isPlanned }) => isPlanned)
    .flatMap(({ box }) => {
      const rows = Math.ceil(ghosts.count / ghosts.columns);
      const [w, d] = [box.width / ghosts.columns, box.depth / rows];
      return Array.from({ length: ghosts.count }, (_, i) => {
        const [column, row] = [i % ghosts.columns, Math.floor(i / ghosts.columns)];
        return within(
          box,
          [(column + 0.5) * w - box.width / 2, 0.3, (row + 0.5) * d - box.depth / 2],
          [w - ghosts.gap, box.height, d - ghosts.gap],
        );
      });
    });

/** Puts geometries of different boxes into one, each where it stands; `aStand` tells whose each vertex is. */
const merged = (
  parts: readonly { readonly geometry: BufferGeometry; readonly box: Box }[],
): BufferGeometry => {
  const all = new BufferGeometry();
  const size = parts.reduce((sum, { geometry }) => sum + geometry.getAttribute("position").count, 0);
  const columns = { position: 3, normal: 3, aColor: 3, aFinish: 1 } as const;
  for (const [name, items] of Object.entries(columns)) {
    const array = new Float32Array(size * items);
    let at = 0;
    for (const { geometry, box } of parts) {
      const moved = geometry.clone();
      moved.rotateY(-box.yaw);
      moved.translate(box.x, box.y, box.z);
      const from = moved.getAttribute(name).array;
      array.set(from, at);
      at += from.length;
    }
    all.setAttribute(name, new BufferAttribute(array, items));
  }
  const whose = parts.flatMap(({ geometry }, i) =>
    Array.from({ length: geometry.getAttribute("position").count }, () => i),
  );
  all.setAttribute("aStand", new BufferAttribute(Float32Array.from(whose), 1));
  return all;
};

const vertex = /* glsl */ `
attribute vec3 iAt;
attribute float iCell;
uniform float uHaze;
varying vec2 vAt;
flat varying float vCell;
const float size = 13.0;
void main() {
  vAt = position.xy * 2.0 - 1.0;
  vCell = iCell;
  vec4 view = viewMatrix * vec4(iAt, 1.0);
  view.xy += vAt * size * 0.5;
  // A sign goes with its house where the haze takes it.
  float gone = step(1.05, distance(cameraPosition, iAt) * uHaze);
  // Smaller than a readable glyph, a thirtieth of the picture's height, it would be a dot on the horizon.
  gone = max(gone, step(size * projectionMatrix[1][1] * 0.5, 0.033 * -view.z));
  gl_Position = mix(projectionMatrix * view, vec4(2.0, 2.0, 2.0, 1.0), gone);
}
`;
const fragment = /* glsl */ `
uniform sampler2D uIcons;
uniform float uCells;
varying vec2 vAt;
flat varying float vCell;
void main() {
  float r = length(vAt);
  float soft = fwidth(r);
  float disc = 1.0 - smoothstep(1.0 - soft, 1.0, r);
  if (disc <= 0.0) discard;
  float rim = smoothstep(0.9 - soft, 0.9, r);
  vec2 glyph = vAt / 0.62 * 0.5 + 0.5;
  float inside = step(abs(glyph.x - 0.5), 0.5) * step(abs(glyph.y - 0.5), 0.5);
  float ink = texture2D(uIcons, vec2((vCell + clamp(glyph.x, 0.0, 1.0)) / uCells, 1.0 - glyph.y)).r * inside;
  vec3 colour = mix(vec3(0.075, 0.095, 0.115), vec3(0.93, 0.96, 0.99), max(ink, rim * 0.55));
  gl_FragColor = vec4(colour, disc * mix(0.86, 1.0, ink));
}
`;

/** City portals off the grid: a landmark each, all of them one draw, and their icon signs, another one. */
export class Portals {
  readonly root = new Group();
  readonly #portals: readonly Portal[];
  readonly #signs: Mesh<InstancedBufferGeometry, ShaderMaterial>;

  constructor(layout: Layout, sky: SkyUniforms, open: OpenUniforms) {
    this.#portals = portalsOf(layout);
    const parts = this.#portals.map(({ segment, box, isPlanned }) => ({
      geometry: portalKit(segment, box, isPlanned),
      box,
    }));
    const geometry = merged(parts);
    const origin: Placed = { x: 0, y: 0, z: 0, yaw: 0, width: 1, height: 1, depth: 1 };
    const landmarks = instancesOf(
      geometry,
      this.#portals.length > 0 ? [origin] : [],
      sceneryMaterial(sky, open),
    );
    // One instance that holds them all: its bounds are those of its corners.
    landmarks.frustumCulled = false;
    letStandFor(landmarks, (portal) => this.#portals[portal]?.asset ?? null);
    letBeKits(landmarks, {
      kits: parts.map((part) => part.geometry),
      // Kits of portals are in metres.
      members: this.#portals.map(({ asset, box }, kit) => ({
        ...box,
        ...{ asset, kit, width: 1, height: 1, depth: 1 },
      })),
    });
    this.#signs = signsOf(this.#portals, sky);
    this.root.add(landmarks, this.#signs);
  }

  /** Boxes that throw a shadow. */
  get casters(): readonly Placed[] {
    return this.#portals.filter(({ isPlanned }) => !isPlanned).map(({ box }) => box);
  }

  /** Paints the icons; without it there are no signs. */
  show(paint: IconPainter): void {
    if (this.#portals.length === 0) return;
    const strokes = this.#portals.map(({ segment }) => portalIcons[segment] ?? plainIcon);
    const { cellPx, coverage } = paint(strokes);
    const texture = new DataTexture(coverage, cellPx * strokes.length, cellPx, RedFormat);
    texture.minFilter = LinearFilter;
    texture.magFilter = LinearFilter;
    texture.needsUpdate = true;
    const { uniforms } = this.#signs.material;
    (uniforms["uIcons"]!.value as DataTexture | null)?.dispose();
    uniforms["uIcons"]!.value = texture;
    this.#signs.visible = true;
  }
}

const signsOf = (
  portals: readonly Portal[],
  sky: SkyUniforms,
): Mesh<InstancedBufferGeometry, ShaderMaterial> => {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute(
    "position",
    new BufferAttribute(new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), 3),
  );
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const at = new Float32Array(portals.length * 3);
  portals.forEach(({ box }, i) => {
    const post = within(box, [0, box.height + signAboveM, -box.depth / 2 - 3], [0, 0, 0]);
    at.set([post.x, post.y, post.z], i * 3);
  });
  geometry.setAttribute("iAt", new InstancedBufferAttribute(at, 3));
  geometry.setAttribute(
    "iCell",
    new InstancedBufferAttribute(
      Float32Array.from(portals, (_, i) => i),
      1,
    ),
  );
  geometry.instanceCount = portals.length;
  const material = new ShaderMaterial({
    uniforms: {
      uIcons: { value: null },
      uCells: { value: Math.max(1, portals.length) },
      uHaze: sky["uHaze"]!,
    },
    vertexShader: vertex,
    fragmentShader: fragment,
    transparent: true,
    depthWrite: false,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 450;
  mesh.visible = false;
  return mesh;
};
