import { BufferAttribute, BufferGeometry, type IUniform, NoBlending, ShaderMaterial } from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { letBeKits } from "#renderer/scene/campus/kitShape.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { dataSurface } from "#renderer/scene/shader/data.glsl.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { dataColors, glsl } from "./dataColors.ts";
import { lowEdgeM } from "./pvTables.ts";

const kind = { strip: 0, gauge: 1 } as const;

/** Top and the two long sides of a bar along x, unit box. */
const barKit = (): BufferGeometry => {
  const position: number[] = [];
  const side: number[] = [];
  const face = (corners: readonly (readonly [number, number, number])[], of: number): void => {
    for (const i of [0, 1, 2, 0, 2, 3]) {
      position.push(...corners[i]!);
      side.push(of);
    }
  };
  face(
    [
      [-0.5, 1, 0.5],
      [0.5, 1, 0.5],
      [0.5, 1, -0.5],
      [-0.5, 1, -0.5],
    ],
    0,
  );
  face(
    [
      [-0.5, 0, 0.5],
      [0.5, 0, 0.5],
      [0.5, 1, 0.5],
      [-0.5, 1, 0.5],
    ],
    1,
  );
  face(
    [
      [0.5, 0, -0.5],
      [-0.5, 0, -0.5],
      [-0.5, 1, -0.5],
      [0.5, 1, -0.5],
    ],
    2,
  );
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setAttribute("aSide", new BufferAttribute(new Float32Array(side), 1));
  return geometry;
};

/** A power strip along the ridge of each table. Each stands for what it is on. */
const stripsOn = (tables: readonly Placed[]): Placed[] =>
  tables.map((box): Placed => {
    const tilt = box.extra?.[0] ?? 0.66;
    const south = -box.depth / 2;
    return {
      ...box,
      x: box.x - south * Math.sin(box.yaw),
      z: box.z + south * Math.cos(box.yaw),
      y: box.y + lowEdgeM + box.depth * Math.tan(tilt),
      width: box.width,
      height: 0.3,
      depth: 0.38,
      extra: [kind.strip, 0, 0, 0],
    };
  });

/** A charge gauge on the roof of each container. */
const gaugesOn = ({ twin }: Layout): Placed[] => {
  const batteries = twin.table("battery");
  return Array.from({ length: batteries.count }, (_, row): Placed => {
    const box = boxOf(batteries, row);
    const isLong = box.depth > box.width;
    return {
      ...box,
      y: box.y + box.height,
      yaw: box.yaw + (isLong ? Math.PI / 2 : 0),
      width: Math.max(box.width, box.depth) - 0.5,
      height: 0.55,
      depth: 0.9,
      asset: { className: "battery", row },
      extra: [kind.gauge, 0, 0, 0],
    };
  });
};

const vertex = /* glsl */ `
attribute float aSide;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
attribute vec4 iValue;
uniform float uStrips;
varying vec2 vUv;
flat varying vec2 vSize;
flat varying vec4 vValue;
flat varying float vKind;
${place}
void main() {
  vKind = iExtra.x;
  vValue = iValue;
  bool isTop = aSide < 0.5;
  vUv = vec2(position.x + 0.5, isTop ? 0.5 - position.z : position.y);
  vSize = vec2(iSize.x, isTop ? iSize.z : iSize.y);
  vec3 world = iPose.xyz + turned(position * iSize, iPose.w);
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
  if (iExtra.x < 0.5 && uStrips < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

/**
 * Unlit and exact: a strip has its legend's colour, a gauge is filled to the state of charge. Chevrons run along the
 * gauge, towards full while it charges and away from it while it gives.
 */
const fragment = /* glsl */ `
uniform float uTime;
varying vec2 vUv;
flat varying vec2 vSize;
flat varying vec4 vValue;
flat varying float vKind;
${dataSurface}
void main() {
  float look = vValue.y;
  if (vKind < 0.5) {
    vec3 shown = dataSurface(vValue.x, look, vValue.w, 0.0, vUv, vSize);
    // A bright edge parts it from glass as dark as a low value; the colour within stays the legend's.
    float off = min(vUv.y, 1.0 - vUv.y) * vSize.y;
    float pxEdge = fwidth(vUv.y) * vSize.y;
    // It fades before it gets as thin as a pixel: far ridges would be saws of white.
    float rim = (1.0 - smoothstep(0.022, 0.022 + pxEdge, off)) * (1.0 - smoothstep(0.14, 0.27, pxEdge / vSize.y));
    gl_FragColor = vec4(mix(shown, vec3(0.80, 0.84, 0.88), rim), 1.0);
    return;
  }
  vec2 p = vUv * vSize;
  float px = max(fwidth(p.x), fwidth(p.y));
  vec3 colour = ${glsl(dataColors.track)};
  if (look > 1.5) {
    vec3 fill = ${glsl(dataColors.charge)};
    if (look < 2.5) fill = staleLook(fill, p - vSize * 0.5, 0.3);
    colour = mix(fill, colour, step(vValue.x, vUv.x));
    float tick = step(abs(fract(vUv.x * 4.0 + 0.5) - 0.5) * vSize.x / 4.0, max(0.03, px * 0.5)) * step(0.02, vUv.x) * step(vUv.x, 0.98);
    colour = mix(colour, ${glsl(dataColors.track)} * 0.6, tick);
    if (vValue.w != 0.0 && look > 2.5) {
      // A chevron every 1.5 m: its arms fall back from the tip by their distance from the middle line.
      float run = (p.x - vValue.w * abs(p.y - vSize.y * 0.5)) / 1.5 + vValue.w * uTime * 0.5;
      float arm = 1.0 - smoothstep(0.16, 0.16 + px * 1.2, abs(fract(run) - 0.5) * 1.5);
      float within = step(0.12, vUv.y) * step(vUv.y, 0.88);
      colour = mix(colour, ${glsl(dataColors.arrow)}, arm * within * (1.0 - smoothstep(0.25, 0.6, px)));
    }
  } else if (look > 0.5) {
    colour = badLook(p - vSize * 0.5, 0.8);
  } else {
    colour = vec3(0.36, 0.39, 0.43);
  }
  gl_FragColor = vec4(colour, 1.0);
}
`;

export interface GaugeUniforms {
  /** 1 while strips on solar tables are shown, with their legend. */
  readonly uStrips: IUniform<number>;
  /** Seconds that motion has gone on. */
  readonly uTime: IUniform<number>;
  readonly uPalette: IUniform;
  /** Row of the palette texture that strips are coloured by. */
  readonly uPaletteRow: IUniform<number>;
}

/** Strips and gauges in one draw, after the glass, as all data. */
export const gauges = (
  tables: readonly Placed[],
  layout: Layout,
  uniforms: GaugeUniforms,
): ReturnType<typeof instancesOf> => {
  const material = new ShaderMaterial({
    uniforms: { ...uniforms } as unknown as Record<string, IUniform>,
    vertexShader: vertex,
    fragmentShader: fragment,
    transparent: true,
    blending: NoBlending,
  });
  const [strips, charges] = [stripsOn(tables), gaugesOn(layout)];
  const kit = barKit();
  const mesh = instancesOf(kit, [...strips, ...charges], material);
  letBeKits(
    mesh,
    { kits: [kit], members: strips, isShown: () => uniforms.uStrips.value > 0.5 },
    { kits: [kit], members: charges },
  );
  mesh.renderOrder = 300;
  return mesh;
};
