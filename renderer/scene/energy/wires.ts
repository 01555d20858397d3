import {
  BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  ShaderMaterial,
  Sphere,
  Vector3,
  type Vector4,
} from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { finish, light, place } from "#renderer/scene/shader/light.glsl.ts";
import { dataColors, glsl } from "./dataColors.ts";
import type { GridLine, Ground } from "./lines.ts";
import { pylonKit, reference } from "./pylonKit.ts";

/** Most lines whose flow is shown: the length of a uniform array. */
export const mostLines = 72;

/** Height of towers and distance between them, m, by voltage. */
const towerOf = (kv: number): { readonly height: number; readonly span: number } =>
  kv >= 400 ? { height: 54, span: 330 } : kv >= 200 ? { height: 42, span: 290 } : { height: 33, span: 235 };
/** Where wires end at a station: on its gantries, m. */
const gantryM = 12;
/** What is shown of a cable in the ground runs this high above it, m. */
const cableM = 1.2;

interface Tower extends Placed {
  readonly isEnd: boolean;
}

/** A cable turns at markers: nothing stands there. */
const marker = ([x, z]: Ground): Tower => ({
  x,
  y: cableM - gantryM,
  z,
  yaw: 0,
  width: 0,
  height: 0,
  depth: 0,
  isEnd: true,
});

/** Towers along a line: at its corners and evenly between; arms stand across the line, at corners halfway. */
const towersOf = (line: GridLine): Tower[] => {
  if (line.isCable) return line.path.map(marker);
  const { height, span } = towerOf(line.kv);
  const points: (Ground & { corner?: boolean })[] = [];
  line.path.forEach((to, i) => {
    const from = line.path[i - 1];
    if (!from) {
      points.push(to);
      return;
    }
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const steps = Math.max(1, Math.round(length / span));
    for (let s = 1; s <= steps; s++)
      points.push([from[0] + ((to[0] - from[0]) * s) / steps, from[1] + ((to[1] - from[1]) * s) / steps]);
  });
  return points.map(([x, z], i) => {
    const before = points[i - 1] ?? [x, z];
    const after = points[i + 1] ?? [x, z];
    const unit = (dx: number, dz: number): readonly [number, number] => {
      const l = Math.hypot(dx, dz) || 1;
      return [dx / l, dz / l];
    };
    const [ax, az] = unit(x - before[0], z - before[1]);
    const [bx, bz] = unit(after[0] - x, after[1] - z);
    const yaw = Math.atan2(ax + bx, -(az + bz));
    const isEnd = i === 0 || i === points.length - 1;
    // The line to the public grid begins beyond what is seen: no station there, so a tower as anywhere.
    const isStation = isEnd && !(line.meter.kind === "grid" && i === 0);
    const scale = isStation ? gantryM / reference.height : height / reference.height;
    return {
      x,
      y: -0.2,
      z,
      yaw,
      width: scale,
      height: scale,
      depth: scale,
      isEnd: isStation,
      extra: [line.isPlanned ? 1 : 0, 0, 0, 0],
    };
  });
};

/** Where one wire hangs on a tower, world axes. */
const holdOf = (tower: Tower, [across, up]: readonly [number, number]): Vector3 => {
  const c = Math.cos(tower.yaw);
  const s = Math.sin(tower.yaw);
  return new Vector3(
    tower.x + across * tower.width * c,
    tower.y + (tower.isEnd ? gantryM : up * tower.height),
    tower.z + across * tower.width * s,
  );
};

/** Ends of wires and what they belong to, one entry an instance. */
interface Strung {
  readonly start: number[];
  readonly end: number[];
  /** Sag in the middle (m), line, metres along the line at the start, 1 where planned. */
  readonly hang: number[];
}

const string = (
  lines: readonly GridLine[],
  towers: readonly (readonly Tower[])[],
  holds: readonly (readonly [number, number])[],
): Strung => {
  const strung: Strung = { start: [], end: [], hang: [] };
  lines.forEach((line, index) => {
    let along = 0;
    const own = towers[index]!;
    for (let i = 0; i + 1 < own.length; i++) {
      const length = Math.hypot(own[i]!.x - own[i + 1]!.x, own[i]!.z - own[i + 1]!.z);
      for (const hold of holds) {
        strung.start.push(...holdOf(own[i]!, hold).toArray());
        strung.end.push(...holdOf(own[i + 1]!, hold).toArray());
        strung.hang.push(
          line.isCable ? 0 : (length * length) / 9000,
          index,
          along,
          line.isCable ? 2 : line.isPlanned ? 1 : 0,
        );
      }
      along += length;
    }
  });
  return strung;
};

const pieces = 10;

/** A ribbon of `pieces` pieces, x 0…1 along, y −1…1 across. */
const ribbon = (strung: Strung): InstancedBufferGeometry => {
  const geometry = new InstancedBufferGeometry();
  const at: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= pieces; i++) at.push(i / pieces, -1, 0, i / pieces, 1, 0);
  for (let i = 0; i < pieces; i++) index.push(2 * i, 2 * i + 2, 2 * i + 1, 2 * i + 1, 2 * i + 2, 2 * i + 3);
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(at), 3));
  geometry.setIndex(index);
  geometry.setAttribute("iStart", new InstancedBufferAttribute(new Float32Array(strung.start), 3));
  geometry.setAttribute("iEnd", new InstancedBufferAttribute(new Float32Array(strung.end), 3));
  geometry.setAttribute("iHang", new InstancedBufferAttribute(new Float32Array(strung.hang), 4));
  geometry.instanceCount = strung.hang.length / 4;
  const sphere = new Sphere();
  const points: Vector3[] = [];
  for (let i = 0; i < strung.start.length; i += 3)
    points.push(new Vector3().fromArray(strung.start, i), new Vector3().fromArray(strung.end, i));
  if (points.length > 0) sphere.setFromPoints(points);
  geometry.boundingSphere = sphere;
  return geometry;
};

/** A hanging wire, widened towards the eye to a width in metres, and never below one in pixels. */
const hanging = /* glsl */ `
attribute vec3 iStart;
attribute vec3 iEnd;
attribute vec4 iHang;
uniform vec2 uPicture;
vec3 hangAt(float t) {
  vec3 p = mix(iStart, iEnd, t);
  p.y -= iHang.x * 4.0 * t * (1.0 - t);
  return p;
}
/** Returns the share of the drawn width that the true one fills. */
float widen(float t, float side, float metres, float pixels, out vec4 clip, out vec3 world) {
  world = hangAt(t);
  vec3 ahead = hangAt(t + 0.01);
  clip = projectionMatrix * viewMatrix * vec4(world, 1.0);
  vec4 next = projectionMatrix * viewMatrix * vec4(ahead, 1.0);
  vec2 along = normalize((next.xy / max(next.w, 0.1) - clip.xy / max(clip.w, 0.1)) * uPicture + 1e-6);
  float true_ = metres * projectionMatrix[1][1] * uPicture.y * 0.5 / max(clip.w, 0.1);
  float drawn = max(true_, pixels);
  clip.xy += vec2(-along.y, along.x) * side * drawn * 0.5 / uPicture * 2.0 * clip.w;
  return true_ / drawn;
}
`;

const wireVertex = /* glsl */ `
varying vec3 vWorld;
varying vec3 vLook;
${hanging}
void main() {
  vec4 clip;
  float share = widen(position.x, position.y, 0.055, 1.15, clip, vWorld);
  float reach = distance(iStart, iEnd);
  vLook = vec3(share, iHang.w, iHang.z + position.x * reach);
  gl_Position = clip;
}
`;

const wireFragment = /* glsl */ `
varying vec3 vWorld;
varying vec3 vLook;
${light}
void main() {
  vec3 colour = litBy(vec3(0.16, 0.165, 0.17), vec3(0.0, 1.0, 0.0), 1.0);
  float alpha = clamp(0.16 + 0.84 * sqrt(vLook.x), 0.0, 1.0) * 0.85;
  if (vLook.y > 0.5) {
    colour = mix(uSkyLight, vec3(0.8), 0.4);
    alpha *= 0.55 * step(fract(vLook.z / 26.0), 0.5);
  }
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(hazed(colour, vWorld), alpha);
  ${finish}
}
`;

const flowVertex = /* glsl */ `
uniform vec4 uFlow[${mostLines}];
uniform float uCables;
varying vec2 vAt;
varying float vQuiet;
flat varying vec4 vFlow;
uniform float uHaze;
${hanging}
void main() {
  vec4 clip;
  vec3 world;
  vFlow = uFlow[int(iHang.y + 0.5)];
  float share = widen(position.x, position.y, vFlow.y, 2.2, clip, world);
  vAt = vec2(iHang.z + position.x * distance(iStart, iEnd), position.y);
  // From afar a line's flow is noise on the horizon; where energy is what is looked at, it still keeps behind the ribbons.
  vQuiet = 1.0 - mix(0.9, 0.62, uCables) * smoothstep(350.0, 1300.0, distance(world, cameraPosition));
  vQuiet *= exp(-pow(distance(world, cameraPosition) * uHaze, 1.25) * (1.0 - uCables));
  bool isHidden = vFlow.z < 1.5 || (iHang.w > 1.5 && uCables < 0.5);
  gl_Position = isHidden ? vec4(2.0, 2.0, 2.0, 1.0) : clip;
}
`;

/** Dashes of a fixed length: what moves them is the phase, which telemetry drives (flows.ts). */
const flowFragment = /* glsl */ `
varying vec2 vAt;
varying float vQuiet;
flat varying vec4 vFlow;
void main() {
  float period = 52.0;
  float s = fract((vAt.x - vFlow.x) / period) * period;
  float px = max(fwidth(vAt.x), 0.01);
  float dash = smoothstep(0.0, px + 3.0, s) * (1.0 - smoothstep(26.0, 26.0 + px, s));
  dash = mix(dash, 0.42, smoothstep(10.0, 26.0, px));
  float tail = mix(0.35, 1.0, clamp(vFlow.w > 0.0 ? s / 26.0 : 1.0 - s / 26.0, 0.0, 1.0));
  vec3 colour = vFlow.z > 2.5 ? ${glsl(dataColors.arrow)} : vec3(0.45);
  float edge = 1.0 - smoothstep(0.55, 1.0, abs(vAt.y));
  gl_FragColor = vec4(colour, dash * mix(0.55, 1.0, tail) * edge * vQuiet);
}
`;

/** Towers, wires, and what runs over them: three draws. */
export const gridDraws = (
  lines: readonly GridLine[],
  sky: SkyUniforms,
  uniforms: {
    readonly uPicture: IUniform;
    readonly uFlow: IUniform<Vector4[]>;
    readonly uCables: IUniform<number>;
  },
): readonly Mesh[] => {
  const towers = lines.map(towersOf);
  // Cables come after the overhead lines, so that places in both lists are the same.
  const overhead = lines.filter(({ isCable }) => !isCable);
  const standing = towers.flat().filter(({ isEnd }) => !isEnd);
  const pylons = instancesOf(pylonKit(), standing, pylonMaterial(sky));
  pylons.geometry.boundingSphere!.radius += 80;
  // Towers rise above what stands for their box.
  pylons.userData["sifts"] = false;
  pylons.renderOrder = 150;
  const wires = new Mesh(
    ribbon(string(overhead, towers, reference.holds)),
    new ShaderMaterial({
      uniforms: { ...sky, uPicture: uniforms.uPicture } as Record<string, IUniform>,
      vertexShader: wireVertex,
      fragmentShader: wireFragment,
      transparent: true,
      depthWrite: false,
    }),
  );
  wires.renderOrder = 151;
  const flow = new Mesh(
    ribbon(string(lines.slice(0, mostLines), towers, [reference.peak])),
    new ShaderMaterial({
      uniforms: { ...uniforms, uHaze: sky["uHaze"] } as unknown as Record<string, IUniform>,
      vertexShader: flowVertex,
      fragmentShader: flowFragment,
      transparent: true,
      depthWrite: false,
    }),
  );
  flow.renderOrder = 302;
  return [pylons, wires, flow];
};

const pylonMaterial = (sky: SkyUniforms): ShaderMaterial =>
  new ShaderMaterial({
    uniforms: sky as Record<string, IUniform>,
    vertexShader: /* glsl */ `
      attribute vec4 aLattice;
      attribute vec4 iPose;
      attribute vec3 iSize;
      attribute vec4 iExtra;
      varying vec3 vWorld;
      varying vec3 vNormal;
      varying vec4 vLattice;
      flat varying vec2 vTower;
      ${place}
      void main() {
        vWorld = iPose.xyz + turned(position * iSize, iPose.w);
        vNormal = turned(normal, iPose.w);
        vLattice = aLattice;
        vTower = vec2(iSize.y, iExtra.x);
        gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vWorld;
      varying vec3 vNormal;
      varying vec4 vLattice;
      flat varying vec2 vTower;
      ${light}
      /** Share of a pixel that a bar of a width covers at a distance. */
      float bar(float d, float width, float px) {
        return clamp((width * 0.5 + px * 0.5 - d) / px, 0.0, 1.0) * min(1.0, width / px + 0.12);
      }
      void main() {
        // x: −1…1 across, y: panels along, z: half width here (m), w: panel height (m); w 0 is solid.
        float alpha = 1.0;
        if (vLattice.w > 0.0) {
          float half_ = max(vLattice.z, 0.05) * vTower.x;
          float across = vLattice.x * half_;
          float px = max(fwidth(across), 0.01);
          float py = max(fwidth(vLattice.y) * vLattice.w * vTower.x, 0.01);
          float p = max(px, py) * 0.9;
          float legs = bar(half_ - abs(across), 0.34 * vTower.x, p);
          float w = abs(fract(vLattice.y) * 2.0 - 1.0);
          float x = bar(abs(abs(vLattice.x) - w) * half_ * 0.7, 0.17 * vTower.x, p);
          float h = bar((0.5 - abs(fract(vLattice.y) - 0.5)) * vLattice.w * vTower.x, 0.15 * vTower.x, p);
          alpha = max(legs, max(x, h * 0.9));
        }
        vec3 n = normalize(vNormal);
        if (dot(n, cameraPosition - vWorld) < 0.0) n = -n;
        vec3 colour = litBy(vec3(0.34, 0.35, 0.36), n, 0.85);
        if (vTower.y > 0.5) {
          colour = mix(uSkyLight, vec3(0.8), 0.4);
          alpha *= 0.34;
        }
        if (alpha < 0.02) discard;
        gl_FragColor = vec4(hazed(colour, vWorld), alpha);
        ${finish}
      }`,
    transparent: true,
    depthWrite: false,
    side: 2,
  });
