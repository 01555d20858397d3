import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What passed through a null context since the last reset. */
export interface GlCounts {
  draws: number;
  triangles: number;
  instances: number;
  /** Bytes of buffers and textures handed over. */
  bytes: number;
}

type GlCall = (...args: never[]) => unknown;

/** A WebGL2 context that draws nothing and counts everything, for three's WebGLRenderer in Node. */
export interface NullGl {
  readonly context: object;
  readonly canvas: object;
  readonly counts: GlCounts;
}

/** Types of shader variables, as `getActiveUniform` reports them (GLES 3.0, table 3.2 of the WebGL IDL constants). */
const shaderTypes: Readonly<Record<string, number>> = {
  float: 0x1406,
  int: 0x1404,
  bool: 0x8b56,
  vec2: 0x8b50,
  vec3: 0x8b51,
  vec4: 0x8b52,
  ivec2: 0x8b53,
  ivec3: 0x8b54,
  mat3: 0x8b5b,
  mat4: 0x8b5c,
  sampler2D: 0x8b5e,
  samplerCube: 0x8b60,
  sampler3D: 0x8b5f,
  sampler2DShadow: 0x8b62,
  sampler2DArray: 0x8dc1,
};

const parameters: Readonly<Record<string, unknown>> = {
  VERSION: "WebGL 2.0 (null)",
  SHADING_LANGUAGE_VERSION: "WebGL GLSL ES 3.00 (null)",
  MAX_TEXTURE_IMAGE_UNITS: 16,
  MAX_VERTEX_TEXTURE_IMAGE_UNITS: 16,
  MAX_COMBINED_TEXTURE_IMAGE_UNITS: 32,
  MAX_TEXTURE_SIZE: 16_384,
  MAX_CUBE_MAP_TEXTURE_SIZE: 16_384,
  MAX_ARRAY_TEXTURE_LAYERS: 2048,
  MAX_VERTEX_ATTRIBS: 16,
  MAX_VERTEX_UNIFORM_VECTORS: 1024,
  MAX_FRAGMENT_UNIFORM_VECTORS: 1024,
  MAX_VARYING_VECTORS: 30,
  MAX_SAMPLES: 4,
  SAMPLES: 4,
  SCISSOR_BOX: [0, 0, 1920, 1080],
  VIEWPORT: [0, 0, 1920, 1080],
};

interface NullShader {
  source: string;
}
interface NullProgram {
  readonly shaders: NullShader[];
}
interface ActiveInfo {
  readonly name: string;
  readonly type: number;
  readonly size: number;
}

const declared = (source: string, pattern: RegExp): ActiveInfo[] => {
  const found = new Map<string, ActiveInfo>();
  for (const [, type, name, size] of source.matchAll(pattern)) {
    const code = type === undefined ? undefined : shaderTypes[type];
    if (code === undefined || name === undefined) continue;
    found.set(name, { name: size ? `${name}[0]` : name, type: code, size: size ? Number(size) || 1 : 1 });
  }
  return [...found.values()];
};

const uniformsOf = (program: NullProgram): ActiveInfo[] =>
  declared(
    program.shaders.map((shader) => shader.source).join("\n"),
    /uniform\s+(?:(?:high|medium|low)p\s+)?(\w+)\s+(\w+)(?:\[\s*(\w+)\s*\])?;/g,
  );

const attributesOf = (program: NullProgram): ActiveInfo[] =>
  declared(program.shaders[0]?.source ?? "", /(?:attribute|in)\s+(\w+)\s+(\w+);/g);

const byteLength = (data: unknown): number =>
  typeof data === "number" ? 0 : ArrayBuffer.isView(data) ? data.byteLength : 0;

/** Names three mentions on a context: constants get numbers of their own, calls do nothing. */
const mentioned = (): { readonly constants: Set<string>; readonly calls: Set<string> } => {
  const source = readFileSync(fileURLToPath(import.meta.resolve("three")), "utf8");
  const names = (pattern: RegExp) => new Set([...source.matchAll(pattern)].map((match) => match[1]!));
  return {
    constants: names(/\b_?gl\.([A-Z][A-Z0-9_]+)\b/g),
    calls: names(/\b_?gl\.([a-z]\w+)\s*\(/g),
  };
};

const counting = (counts: GlCounts): Readonly<Record<string, GlCall>> => {
  const draw = (vertices: number, instances: number): void => {
    counts.draws++;
    counts.triangles += (vertices / 3) * instances;
    counts.instances += instances;
  };
  const last = (...args: unknown[]): void => {
    counts.bytes += byteLength(args.at(-1));
  };
  return {
    drawElements: (_mode: number, count: number) => draw(count, 1),
    drawArrays: (_mode: number, _first: number, count: number) => draw(count, 1),
    drawElementsInstanced: (...[, count, , , instances]: [number, number, number, number, number]) =>
      draw(count, instances),
    drawArraysInstanced: (...[, , count, instances]: [number, number, number, number]) =>
      draw(count, instances),
    bufferData: (_target: number, data: unknown) => {
      counts.bytes += byteLength(data);
    },
    bufferSubData: (...[, , data, from, length]: [number, number, ArrayBufferView, number?, number?]) => {
      const element = (data as unknown as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
      counts.bytes += length ? length * element : data.byteLength - (from ?? 0) * element;
    },
    texImage2D: last,
    texImage3D: last,
    texSubImage2D: last,
    texSubImage3D: last,
  };
};

/** Makes a null context, its canvas, and the counter of what went through it. */
export const createNullGl = (): NullGl => {
  const counts: GlCounts = { draws: 0, triangles: 0, instances: 0, bytes: 0 };
  const context: Record<string, unknown> = {};
  const { constants, calls } = mentioned();
  const nothing = (): null => null;
  for (const call of calls) context[call] = call.startsWith("create") ? () => ({}) : nothing;
  let code = 0x2_0000;
  for (const name of constants) context[name] = code++;
  context["TEXTURE0"] = 0x84c0;
  const byCode = new Map<unknown, unknown>(
    Object.entries(parameters).map(([name, value]) => [context[name], value]),
  );
  const { LINK_STATUS, COMPILE_STATUS, ACTIVE_UNIFORMS, ACTIVE_ATTRIBUTES, FRAMEBUFFER_COMPLETE } = context;
  Object.assign(context, counting(counts), {
    getContextAttributes: () => ({ alpha: false, antialias: true, depth: true, stencil: false }),
    getParameter: (name: unknown) => byCode.get(name) ?? 0,
    getExtension: (name: string) => (name.startsWith("EXT_color_buffer") ? {} : null),
    getSupportedExtensions: () => [],
    getShaderPrecisionFormat: () => ({ precision: 23, rangeMin: 127, rangeMax: 127 }),
    checkFramebufferStatus: () => FRAMEBUFFER_COMPLETE,
    isContextLost: () => false,
    getError: () => 0,
    createProgram: (): NullProgram => ({ shaders: [] }),
    createShader: (): NullShader => ({ source: "" }),
    shaderSource: (shader: NullShader, source: string) => {
      shader.source = source;
    },
    attachShader: (program: NullProgram, shader: NullShader) => void program.shaders.push(shader),
    getShaderParameter: (_shader: NullShader, name: unknown) => name === COMPILE_STATUS,
    getShaderInfoLog: () => "",
    getProgramInfoLog: () => "",
    getProgramParameter: (program: NullProgram, name: unknown) =>
      name === LINK_STATUS
        ? true
        : name === ACTIVE_UNIFORMS
          ? uniformsOf(program).length
          : name === ACTIVE_ATTRIBUTES
            ? attributesOf(program).length
            : null,
    getActiveUniform: (program: NullProgram, i: number) => uniformsOf(program)[i],
    getActiveAttrib: (program: NullProgram, i: number) => attributesOf(program)[i],
    getUniformLocation: (_program: NullProgram, name: string) => ({ name }),
    getAttribLocation: (program: NullProgram, name: string) =>
      attributesOf(program).findIndex((attribute) => attribute.name === name),
  });
  const canvas = {
    width: 1920,
    height: 1080,
    style: {},
    addEventListener: nothing,
    removeEventListener: nothing,
    getContext: () => context,
  };
  return { context, canvas, counts };
};
