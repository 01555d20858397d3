import { BoxGeometry, FrontSide, type IUniform, type Mesh, ShaderMaterial } from "three";
import { ghostPlots } from "#renderer/scene/screens/portals.ts";
import { finish, light, place } from "#renderer/scene/shader/light.glsl.ts";
import { Stage } from "#twins/model/twin.ts";
import { instancesOf } from "./instances.ts";
import { type Box, boxOf, type Layout } from "./layout.ts";
import type { SkyUniforms } from "./sky.ts";

/** Everything that is only planned, or only announced: it stands as a ghost, never as built. */
export const plannedBoxes = (layout: Layout): Box[] => {
  const substations = layout.twin.table("substation");
  const stage = substations.attribute("stage");
  const yards = Array.from({ length: substations.count }, (_, row) => row)
    .filter((row) => stage?.[row] === Stage.planned)
    .map((row) => boxOf(substations, row));
  return [...layout.buildings.filter((b) => b.stage === Stage.planned), ...yards, ...ghostPlots(layout)];
};

/**
 * A breath of colour in the volume that is planned, denser at its foot, with survey lines across: read together with
 * its dashed edges (marks.ts) as a drawing, not as a house.
 */
export const ghosts = (layout: Layout, sky: SkyUniforms): Mesh => {
  const material = new ShaderMaterial({
    uniforms: { ...sky } as Record<string, IUniform>,
    vertexShader: /* glsl */ `
      attribute vec4 iPose;
      attribute vec3 iSize;
      varying vec3 vWorld;
      varying vec3 vLocal;
      flat varying float vUp;
      flat varying float vTall;
      ${place}
      void main() {
        vec3 local = (position + vec3(0.0, 0.5, 0.0)) * iSize;
        vLocal = local;
        vUp = normal.y;
        vTall = iSize.y;
        vWorld = iPose.xyz + turned(local, iPose.w);
        gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vWorld;
      varying vec3 vLocal;
      flat varying float vUp;
      flat varying float vTall;
      ${light}
      void main() {
        float up = clamp(vLocal.y / vTall, 0.0, 1.0);
        float at = (vLocal.x + vLocal.z + vLocal.y) / 6.0;
        float px = fwidth(at);
        float hatch = (1.0 - smoothstep(0.04, 0.04 + px, abs(fract(at) - 0.5))) * (1.0 - smoothstep(0.1, 0.4, px));
        float alpha = vUp > 0.5 ? 0.05 + 0.05 * hatch : mix(0.17, 0.03, up) + 0.07 * hatch * (1.0 - up);
        vec3 colour = (uSkyLight + uSunLight * 0.3) * vec3(0.62, 0.70, 0.78) + vec3(0.03, 0.04, 0.06) * uNight;
        gl_FragColor = vec4(hazed(colour, vWorld), alpha * (1.0 - 0.6 * uRecede));
        ${finish}
      }`,
    transparent: true,
    depthWrite: false,
    side: FrontSide,
  });
  const mesh = instancesOf(new BoxGeometry(1, 1, 1), plannedBoxes(layout), material);
  mesh.name = "ghosts";
  mesh.renderOrder = 140;
  return mesh;
};
