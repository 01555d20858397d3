import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LinearFilter,
  Mesh,
  type PerspectiveCamera,
  RedFormat,
  ShaderMaterial,
  Vector2,
  Vector3,
} from "three";

/** Most labels on screen at once (DESIGN §8). */
const mostLabels = 300;
/** Most panels over the picture that names keep clear of. */
const mostCovers = 64;

export type Language = "zh" | "en";

/** A name at a place; `rank` 0 goes before 1 when there is not room for both. */
export interface Label {
  readonly text: string;
  readonly at: Vector3;
  readonly rank: number;
  /** How far above its place it stands, CSS pixels: clear of a mark that is drawn there. 0 when absent. */
  readonly lift?: number;
}

/** Text drawn once into one coverage texture; a cell per label, pixels of the atlas. */
export interface LabelAtlas {
  readonly width: number;
  readonly height: number;
  /** One byte per pixel, top row first. */
  readonly coverage: Uint8Array<ArrayBuffer>;
  /** x, y, width, height per label. Row-major, labels × 4. */
  readonly cells: Float32Array;
  /** Atlas pixels per CSS pixel. */
  readonly scale: number;
}

/** Paints label texts; the scene's own code knows no DOM, so the canvas comes from outside. */
export type LabelPainter = (texts: readonly string[]) => LabelAtlas;

const vertex = /* glsl */ `
attribute vec3 iAt;
attribute vec4 iCell;
attribute float iShown;
attribute float iLift;
uniform vec2 uPicture;
uniform vec2 uAtlas;
uniform float uScale;
uniform float uFade;
varying vec2 vTexel;
varying vec2 vAt;
flat varying vec2 vSize;
flat varying float vShown;
const float stem = 14.0;
void main() {
  vec2 text = iCell.zw / uScale;
  vec2 size = vec2(text.x + 14.0, text.y + 6.0 + stem);
  vAt = vec2(position.x * size.x, (1.0 - position.y) * size.y);
  vSize = size;
  vShown = iShown * uFade;
  vTexel = (iCell.xy + (vAt - vec2(7.0, 3.0)) * uScale) / uAtlas;
  vec4 clip = projectionMatrix * viewMatrix * vec4(iAt, 1.0);
  vec2 anchor = floor((clip.xy / clip.w * 0.5 + 0.5) * uPicture) + 0.5;
  vec2 corner = anchor + vec2((position.x - 0.5) * size.x, position.y * size.y + iLift);
  gl_Position = iShown > 0.0 && clip.w > 0.0 ? vec4(corner / uPicture * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const fragment = /* glsl */ `
uniform sampler2D uText;
varying vec2 vTexel;
varying vec2 vAt;
flat varying vec2 vSize;
flat varying float vShown;
const float stem = 14.0;
void main() {
  float body = vSize.y - stem;
  if (vAt.y > body) {
    float line = 1.0 - step(0.5, abs(vAt.x - vSize.x * 0.5));
    gl_FragColor = vec4(0.86, 0.91, 0.96, line * 0.7 * vShown);
    return;
  }
  vec2 half_ = vec2(vSize.x, body) * 0.5;
  vec2 q = abs(vAt - half_) - half_ + 4.0;
  float pill = 1.0 - smoothstep(-0.5, 0.5, length(max(q, 0.0)) - 4.0);
  vec2 margin = step(vec2(7.0, 3.5), vAt) * step(vAt, vec2(vSize.x - 7.0, body - 3.5));
  float inside = margin.x * margin.y;
  float text = texture2D(uText, vTexel).r * inside;
  vec3 colour = mix(vec3(0.055, 0.07, 0.09), vec3(0.95, 0.97, 1.0), text);
  gl_FragColor = vec4(colour, pill * mix(0.74, 1.0, text) * vShown);
}
`;

/** Names over the scene: one instanced draw, kept from overlapping on screen. */
export class Labels {
  /** Names further away than this stay out: what they name has gone in the haze. m */
  reachM = Number.POSITIVE_INFINITY;
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #picture = new Vector2(1920, 1080);
  readonly #atlasSize = new Vector2(1, 1);
  readonly #uniforms;
  readonly #scratch = new Vector3();
  /** Screen boxes taken, panels first: left, top, right, bottom. Row-major, (panels + labels) × 4. */
  readonly #taken = new Float32Array((mostCovers + mostLabels + 1) * 4);
  #covers = 0;
  #labels: readonly Label[] = [];
  #cells = new Float32Array(0);
  #shown = new InstancedBufferAttribute(new Float32Array(mostLabels), 1);

  constructor() {
    this.#uniforms = {
      uPicture: { value: this.#picture },
      uAtlas: { value: this.#atlasSize },
      uScale: { value: 1 },
      uFade: { value: 1 },
      uText: { value: new DataTexture(new Uint8Array(1), 1, 1, RedFormat) },
    };
    const material = new ShaderMaterial({
      uniforms: this.#uniforms,
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    this.mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 500;
    this.mesh.visible = false;
  }

  /** Replaces all labels; the only moment that text is drawn and uploaded. */
  show(labels: readonly Label[], paint: LabelPainter): void {
    this.#labels = [...labels].sort((a, b) => a.rank - b.rank).slice(0, mostLabels);
    this.mesh.visible = this.#labels.length > 0;
    if (!this.mesh.visible) return;
    const atlas = paint(this.#labels.map((label) => label.text));
    this.#cells = atlas.cells as Float32Array<ArrayBuffer>;
    this.#atlasSize.set(atlas.width, atlas.height);
    this.#uniforms.uScale.value = atlas.scale;
    this.#uniforms.uText.value.dispose();
    const texture = new DataTexture(atlas.coverage, atlas.width, atlas.height, RedFormat);
    texture.minFilter = LinearFilter;
    texture.magFilter = LinearFilter;
    texture.needsUpdate = true;
    this.#uniforms.uText.value = texture;
    this.mesh.geometry.dispose();
    this.mesh.geometry = this.#geometry();
  }

  /** How far all names stand out, 0…1. */
  fade(fade: number): void {
    this.#uniforms.uFade.value = fade;
  }

  /** Screen boxes that names stay out of: left, top, right, bottom, CSS pixels. Row-major, boxes × 4. */
  cover(boxes: Float32Array, count = boxes.length / 4): void {
    this.#covers = Math.min(mostCovers, count);
    for (let i = 0; i < this.#covers * 4; i++) this.#taken[i] = boxes[i]!;
  }

  /** Decides which labels have room; called when the camera moved. At most 300 labels, whatever the campus holds. */
  declutter(camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
    const reach2 = this.reachM * this.reachM;
    this.#picture.set(widthPx, heightPx);
    let taken = this.#covers;
    const scale = this.#uniforms.uScale.value;
    for (let i = 0; i < this.#labels.length; i++) {
      const isNear = camera.position.distanceToSquared(this.#labels[i]!.at) <= reach2;
      const at = this.#scratch.copy(this.#labels[i]!.at).project(camera);
      const x = (at.x * 0.5 + 0.5) * widthPx;
      const y = (0.5 - at.y * 0.5) * heightPx - (this.#labels[i]!.lift ?? 0);
      const half = this.#cells[i * 4 + 2]! / scale / 2 + 9;
      const tall = this.#cells[i * 4 + 3]! / scale + 22;
      const seen = isNear && at.z < 1 && x > half && x < widthPx - half && y > tall && y < heightPx;
      const box = taken * 4;
      this.#taken[box] = x - half;
      this.#taken[box + 1] = y - tall;
      this.#taken[box + 2] = x + half;
      this.#taken[box + 3] = y;
      const free = seen && this.#isFree(taken);
      if (free) taken++;
      this.#shown.array[i] = free ? 1 : 0;
    }
    this.#shown.needsUpdate = true;
  }

  /** True when the last box meets none of those before it. */
  #isFree(last: number): boolean {
    const boxes = this.#taken;
    const at = last * 4;
    for (let i = 0; i < at; i += 4)
      if (
        boxes[at]! < boxes[i + 2]! &&
        boxes[at + 2]! > boxes[i]! &&
        boxes[at + 1]! < boxes[i + 3]! &&
        boxes[at + 3]! > boxes[i + 1]!
      )
        return false;
    return true;
  }

  #geometry(): InstancedBufferGeometry {
    const quad = new BufferGeometry();
    quad.setAttribute(
      "position",
      new BufferAttribute(new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), 3),
    );
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute("position", quad.getAttribute("position"));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    const at = new Float32Array(this.#labels.length * 3);
    this.#labels.forEach((label, i) => {
      label.at.toArray(at, i * 3);
    });
    this.#shown = new InstancedBufferAttribute(new Float32Array(this.#labels.length), 1);
    this.#shown.setUsage(DynamicDrawUsage);
    geometry.setAttribute("iAt", new InstancedBufferAttribute(at, 3));
    geometry.setAttribute("iCell", new InstancedBufferAttribute(this.#cells, 4));
    geometry.setAttribute("iShown", this.#shown);
    const lift = Float32Array.from(this.#labels, (label) => label.lift ?? 0);
    geometry.setAttribute("iLift", new InstancedBufferAttribute(lift, 1));
    geometry.instanceCount = this.#labels.length;
    return geometry;
  }
}
