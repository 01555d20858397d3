import {
  Group,
  type IUniform,
  Mesh,
  type PerspectiveCamera,
  PlaneGeometry,
  ShaderMaterial,
  type Texture,
  Vector3,
} from "three";
import type { CampusState } from "#renderer/data/state.ts";
import type { Language } from "#renderer/i18n/translate.ts";
import { instancesOf } from "#renderer/scene/campus/instances.ts";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";
import type { Box, Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { sceneryMaterial } from "#renderer/scene/campus/scenery.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { type AssetRef, type FactScreen, factScreens } from "#twins/model/twin.ts";
import { type ScreenContent, sameContent } from "./content.ts";
import { nocContent } from "./noc.ts";
import { assetOfScreen, face, screenBox } from "./places.ts";
import { publishedContent } from "./published.ts";
import { screenGlow } from "./screenGlow.ts";

/** A canvas that becomes a texture; it comes from outside, because the scene's own code knows no DOM. */
export interface ScreenSurface {
  readonly texture: Texture;
  paint(content: ScreenContent): void;
  dispose(): void;
}
export type SurfaceMaker = () => ScreenSurface;

/** A screen is lit from here on, m. */
const nearM = 420;
/** From further away the NOC wall shows fewer figures in larger type, m. */
const farM = 62;
/** Least time between two looks at the values, ms. */
const lookMs = 1000;

const vertex = /* glsl */ `
varying vec2 vAt;
void main() {
  vAt = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;
const fragment = /* glsl */ `
uniform sampler2D uFace;
varying vec2 vAt;
void main() {
  gl_FragColor = vec4(texture2D(uFace, vAt).rgb, 1.0);
}
`;

/** Frame, back and legs of a screen, from the foot of its face. */
const stand = (): Kit => {
  const metal = { color: 0x5c6770 };
  const dark = { color: 0x20262b, finish: Finish.glass };
  const [w, h, y] = [face.width, face.height, face.foot];
  const kit = new Kit();
  kit.box([-w / 2 - 0.5, y - 0.5, -0.75], [w + 1, h + 1, 0.65], metal);
  kit.box([-w / 2, y, -0.1], [w, h, 0.06], dark);
  for (const x of [-w * 0.36, w * 0.36 - 0.8]) kit.box([x, -0.2, -1.5], [0.8, y + h * 0.7, 0.75], metal);
  return kit.box([-w * 0.46, -0.2, -1.7], [w * 0.92, 0.5, 2.8], { color: 0xb9b6ac });
};

interface Screen {
  readonly id: FactScreen;
  readonly box: Box;
  readonly asset: AssetRef;
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  surface: ScreenSurface | null;
  shown: ScreenContent | null;
}

/** Screens inside the scene: unlit faces on lit stands, painted at most once a second and only while near and in view. */
export class Screens {
  readonly root = new Group();
  readonly #state: CampusState;
  readonly #screens: readonly Screen[];
  readonly #glow: Mesh;
  readonly #night: IUniform<number>;
  #make: SurfaceMaker | null = null;
  #language: Language = "zh";
  /** Since screens were painted. An array: a number in a field would be allocated with each frame. */
  readonly #waitedMs = new Float64Array([lookMs]);

  constructor(
    layout: Layout,
    state: CampusState,
    uniforms: { readonly sky: SkyUniforms; readonly open: OpenUniforms },
  ) {
    this.#state = state;
    this.#screens = factScreens.flatMap((id): Screen[] => {
      const box = screenBox(layout, id);
      const asset = assetOfScreen(layout, id);
      return box && asset ? [{ id, box, asset, mesh: faceOf(box), surface: null, shown: null }] : [];
    });
    const stands = instancesOf(
      stand().build(),
      this.#screens.map(({ box }) => box),
      sceneryMaterial(uniforms.sky, uniforms.open),
    );
    this.#glow = screenGlow(
      this.#screens.map(({ box }) => box),
      uniforms.sky,
    );
    this.#night = uniforms.sky["uNight"]!;
    this.root.add(stands, this.#glow, ...this.#screens.map(({ mesh }) => mesh));
  }

  /** Gives the screens something to paint on, and their language; they are dark until then. */
  speak(language: Language, make: SurfaceMaker): void {
    this.#make = make;
    this.#language = language;
    // Words painted before their typeface was there lack its characters.
    for (const screen of this.#screens) screen.shown = null;
    this.#waitedMs[0] = lookMs;
  }

  /** Lights what is near and looked at from the front; paints anew what changed, at most once a second. */
  frame({ camera, passedMs }: ScreenFrame): void {
    this.#waitedMs[0]! += passedMs;
    const isDue = this.#waitedMs[0]! >= lookMs;
    let any = false;
    let isLit = false;
    for (let i = 0; i < this.#screens.length; i++) {
      const screen = this.#screens[i]!;
      const isNear = this.#make !== null && isBefore(screen.box, camera);
      screen.mesh.visible = isNear && (screen.shown !== null || isDue);
      isLit ||= screen.mesh.visible;
      if (!isNear || !isDue) continue;
      any = true;
      this.#paint(screen, isFar(screen.box, camera));
    }
    this.#glow.visible = isLit && this.#night.value > 0.25;
    if (any) this.#waitedMs[0] = 0;
  }

  /**
   * Adds what lit screens cover of the picture to boxes of left, top, right, bottom in CSS pixels, so that names keep
   * clear of them. @returns how many boxes there are then.
   */
  cover(view: ScreenView, boxes: Float32Array, count: number): number {
    let boxed = count;
    for (let i = 0; i < this.#screens.length && (boxed + 1) * 4 <= boxes.length; i++)
      if (isBefore(this.#screens[i]!.box, view.camera) && put(this.#screens[i]!.box, view, boxes, boxed))
        boxed++;
    return boxed;
  }

  dispose(): void {
    for (const { surface } of this.#screens) surface?.dispose();
  }

  #contentOf({ id, asset }: Screen, far: boolean): ScreenContent | null {
    return id === "noc"
      ? nocContent(this.#state, asset, { language: this.#language, isFar: far })
      : publishedContent(this.#state.twin, id, this.#language);
  }

  #paint(screen: Screen, far: boolean): void {
    const content = this.#contentOf(screen, far);
    screen.mesh.visible = content !== null;
    if (!content || sameContent(screen.shown, content)) return;
    screen.surface ??= this.#make!();
    screen.mesh.material.uniforms["uFace"]!.value = screen.surface.texture;
    screen.surface.paint(content);
    screen.shown = content;
  }
}

const faceOf = (box: Box): Mesh<PlaneGeometry, ShaderMaterial> => {
  const material = new ShaderMaterial({
    uniforms: { uFace: { value: null } },
    vertexShader: vertex,
    fragmentShader: fragment,
  });
  const mesh = new Mesh(new PlaneGeometry(face.width - 0.3, face.height - 0.3), material);
  mesh.position.set(box.x, face.foot + face.height / 2, box.z);
  mesh.rotation.y = -box.yaw;
  mesh.updateMatrix();
  mesh.matrixAutoUpdate = false;
  mesh.renderOrder = 300;
  mesh.visible = false;
  return mesh;
};

/** What is needed to know where something stands in the picture. */
/** What a frame tells. */
export interface ScreenFrame {
  readonly camera: PerspectiveCamera;
  readonly passedMs: number;
}

export interface ScreenView {
  readonly camera: PerspectiveCamera;
  readonly widthPx: number;
  readonly heightPx: number;
}

const corner = new Vector3();

/** Writes the picture's box around a face. @returns false where part of it is behind the eye. */
const put = (
  box: Box,
  { camera, widthPx, heightPx }: ScreenView,
  boxes: Float32Array,
  at: number,
): boolean => {
  const o = at * 4;
  boxes[o] = boxes[o + 1] = Infinity;
  boxes[o + 2] = boxes[o + 3] = -Infinity;
  for (let i = 0; i < 4; i++) {
    const east = (i % 2 === 0 ? -0.5 : 0.5) * face.width;
    corner.set(
      box.x + east * Math.cos(box.yaw),
      face.foot + (i < 2 ? 0 : face.height),
      box.z + east * Math.sin(box.yaw),
    );
    corner.project(camera);
    if (corner.z > 1) return false;
    const x = (corner.x * 0.5 + 0.5) * widthPx;
    const y = (0.5 - corner.y * 0.5) * heightPx;
    boxes[o] = Math.min(boxes[o]!, x);
    boxes[o + 1] = Math.min(boxes[o + 1]!, y);
    boxes[o + 2] = Math.max(boxes[o + 2]!, x);
    boxes[o + 3] = Math.max(boxes[o + 3]!, y);
  }
  return true;
};

/** Near enough, and on the side that its face looks to. */
const isBefore = (box: Box, { position }: PerspectiveCamera): boolean => {
  const dx = position.x - box.x;
  const dz = position.z - box.z;
  const south = -dx * Math.sin(box.yaw) + dz * Math.cos(box.yaw);
  return south > 1 && dx * dx + dz * dz + position.y * position.y < nearM * nearM;
};

const isFar = ({ x, z }: Box, { position }: PerspectiveCamera): boolean =>
  Math.hypot(position.x - x, position.y - face.foot, position.z - z) > farM;
