import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  ShaderMaterial,
} from "three";
import { opening } from "#renderer/scene/campus/opening.ts";
import { dataSurface } from "#renderer/scene/shader/data.glsl.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { clearing } from "./clearing.glsl.ts";
import { rackAttributes, rackInstance } from "./rackInstance.glsl.ts";

/**
 * What racks throw onto the floor: the mirror image of their fronts and rears in the raised floor and, by X-ray, a soft
 * pool of their colour. The image is put where the line from the eye to the mirrored rack meets the floor, so it
 * needs no second picture. aPart: −1 front, 1 rear, 0 pool.
 */
const vertex = /* glsl */ `
attribute float aPart;
${rackInstance}
uniform float uFlat;
varying vec3 vSpot;
varying vec2 vPool;
flat varying vec3 vDatum;
flat varying float vPart;
flat varying vec4 vPlane;
${clearing}
${place}
${opening}
void main() {
  Datum datum = rackDatum();
  vDatum = vec3(datum.t, datum.look, datum.origin);
  vPart = aPart;
  vPool = position.xz * 2.0;
  float shown = step(0.5, datum.look) * step(0.6, uFlat) * step(0.5, keptOf(uFocus, iPose.y)) * clearOf(iPose.xyz);
  float floorY = iPose.y + 0.056;
  vec3 out_ = turned(vec3(0.0, 0.0, aPart), iPose.w);
  vec3 foot = iPose.xyz + out_ * iSize.z * 0.5;
  vPlane = vec4(out_, dot(out_, foot));
  if (abs(aPart) > 0.5) {
    vec3 local = vec3(position.x * iSize.x, -position.y * min(iSize.y, 1.5), aPart * iSize.z * 0.5);
    vec3 mirrored = vec3(iPose.x, floorY, iPose.z) + turned(local, iPose.w);
    float height = cameraPosition.y - floorY;
    // Only a face turned to the eye has an image, and not by X-ray, where there is no floor.
    shown *= step(0.0, dot(out_, cameraPosition - foot)) * step(0.1, height) * (1.0 - uXray);
    vSpot = mix(cameraPosition, mirrored, height / (height + floorY - mirrored.y));
  } else {
    vSpot = vec3(iPose.x, floorY, iPose.z) + turned(vec3(position.x * (iSize.x + 2.2), 0.0, position.z * (iSize.z + 3.4)), iPose.w);
  }
  gl_Position = projectionMatrix * viewMatrix * vec4(vSpot, 1.0);
  if (shown < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const fragment = /* glsl */ `
uniform float uXray;
varying vec3 vSpot;
flat varying vec3 vDatum;
flat varying float vPart;
flat varying vec4 vPlane;
varying vec2 vPool;
${dataSurface}
void main() {
  if (vDatum.y < 2.5) discard;
  vec3 colour = heatColour(vDatum.x);
  if (abs(vPart) < 0.5) {
    float r = dot(vPool, vPool);
    float soft = max(0.0, 1.0 - r);
    gl_FragColor = vec4(colour * soft * soft * mix(0.06, 0.8, uXray), 1.0);
    return;
  }
  // Where the ray that the floor throws back meets the rack's face.
  vec3 ray = vSpot - cameraPosition;
  vec3 back = vec3(ray.x, -ray.y, ray.z);
  float towards = dot(vPlane.xyz, back);
  float t = (vPlane.w - dot(vPlane.xyz, vSpot)) / min(towards, -1e-4);
  float high = back.y * t;
  float grazing = 1.0 - abs(normalize(ray).y);
  float seen = exp(-high * 1.5) * smoothstep(0.02, 0.12, high) * (0.07 + 0.27 * grazing * grazing);
  // The strips along its sides are all of it that shines.
  float strip = smoothstep(0.78, 0.95, abs(vPool.x));
  gl_FragColor = vec4(colour * seen * (0.10 + 0.90 * strip), 1.0);
}
`;

/** Two upright quads and one that lies flat. */
const quads = (): BufferGeometry => {
  const position: number[] = [];
  const part: number[] = [];
  const index: number[] = [];
  const quad = (corners: readonly (readonly number[])[], which: number): void => {
    const base = position.length / 3;
    for (const corner of corners) position.push(...corner);
    part.push(which, which, which, which);
    index.push(base, base + 1, base + 2, base, base + 2, base + 3);
  };
  for (const side of [-1, 1])
    quad(
      [
        [-0.5, 0, 0],
        [0.5, 0, 0],
        [0.5, 1, 0],
        [-0.5, 1, 0],
      ],
      side,
    );
  quad(
    [
      [-0.5, 0, -0.5],
      [-0.5, 0, 0.5],
      [0.5, 0, 0.5],
      [0.5, 0, -0.5],
    ],
    0,
  );
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setAttribute("aPart", new BufferAttribute(new Float32Array(part), 1));
  geometry.setIndex(index);
  return geometry;
};

/** Light of racks on the floor of the halls in view: one draw that shares the racks' own instances. */
export class Glow {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #quads = quads();

  /** @param uniforms those of the racks. */
  constructor(uniforms: Record<string, IUniform>) {
    const material = new ShaderMaterial({
      uniforms,
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      blending: AdditiveBlending,
      depthWrite: false,
      side: DoubleSide,
      polygonOffset: true,
      polygonOffsetFactor: -1,
      polygonOffsetUnits: -2,
    });
    this.mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 305;
    this.mesh.visible = false;
  }

  /** Takes the racks' instances, after these changed. */
  follow(racks: Mesh<InstancedBufferGeometry>): void {
    const { geometry } = this.mesh;
    if (geometry.getAttribute("iPose") !== racks.geometry.getAttribute("iPose")) {
      geometry.dispose();
      const next = new InstancedBufferGeometry();
      next.index = this.#quads.index;
      for (const name of ["position", "aPart"]) next.setAttribute(name, this.#quads.getAttribute(name));
      for (const [name] of rackAttributes) next.setAttribute(name, racks.geometry.getAttribute(name));
      this.mesh.geometry = next;
    }
    this.mesh.geometry.instanceCount = racks.geometry.instanceCount;
    this.mesh.visible = racks.visible;
  }
}
