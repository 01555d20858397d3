import {
  Mesh,
  NearestFilter,
  NoBlending,
  OrthographicCamera,
  PlaneGeometry,
  ShaderMaterial,
  SRGBColorSpace,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { Strip } from "./strips.ts";

/** Of three's renderer, for XR sessions; its types leave it out. */
interface TakesFramebuffers {
  setRenderTargetFramebuffer(target: WebGLRenderTarget, framebuffer: WebGLFramebuffer): void;
}

/** Samples of a pixel, as a canvas with antialiasing has them. */
const samples = 4;

/**
 * A picture that is drawn a piece at a time, out of sight, and shown when it is whole. A device that takes seconds for
 * it can be asked for something else in between, which it cannot while it draws.
 */
export class Sheet {
  readonly #gl: WebGLRenderer;
  readonly #context: WebGL2RenderingContext;
  /** Drawn into: samples and depth stay from piece to piece, which a target of three's own does not promise. */
  readonly #drawn: WebGLRenderTarget;
  readonly #framebuffer: WebGLFramebuffer;
  readonly #color: WebGLRenderbuffer;
  readonly #depth: WebGLRenderbuffer;
  /** What was drawn, one sample a pixel. */
  readonly #resolved = new WebGLRenderTarget(1, 1, { depthBuffer: false, minFilter: NearestFilter });
  readonly #mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #camera = new OrthographicCamera(-1, 1, 1, -1, 0, 1);

  constructor(gl: WebGLRenderer) {
    this.#gl = gl;
    const context = gl.getContext() as WebGL2RenderingContext;
    this.#context = context;
    this.#framebuffer = context.createFramebuffer();
    this.#color = context.createRenderbuffer();
    this.#depth = context.createRenderbuffer();
    this.#drawn = new WebGLRenderTarget(1, 1);
    // As an XR target it is drawn into by the very programs that draw on the canvas: toned, and in the screen's own space.
    Object.assign(this.#drawn, { isXRRenderTarget: true });
    this.#drawn.texture.colorSpace = SRGBColorSpace;
    this.#drawn.scissorTest = true;
    (gl as unknown as TakesFramebuffers).setRenderTargetFramebuffer(this.#drawn, this.#framebuffer);
    const material = new ShaderMaterial({
      uniforms: { uPicture: { value: this.#resolved.texture } },
      vertexShader: "void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }",
      fragmentShader:
        "uniform sampler2D uPicture;\nvoid main() { gl_FragColor = texelFetch(uPicture, ivec2(gl_FragCoord.xy), 0); }",
      blending: NoBlending,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
    });
    this.#mesh = new Mesh(new PlaneGeometry(2, 2), material);
    this.#mesh.frustumCulled = false;
  }

  /** Begins a picture of this size, device pixels. */
  begin(width: number, height: number): void {
    if (this.#drawn.width !== width || this.#drawn.height !== height) this.#resize(width, height);
    this.#on(null, () => this.#gl.clear());
  }

  /** Adds to it what is drawn meanwhile. @param strip only there; null: all over the picture */
  add(strip: Strip | null, render: () => void): void {
    this.#gl.autoClear = false;
    this.#on(strip, render);
    this.#gl.autoClear = true;
  }

  /** Puts the whole picture on the canvas, which has its size. */
  show(): void {
    const { width, height } = this.#drawn;
    const context = this.#context;
    this.#gl.setRenderTarget(this.#resolved);
    context.bindFramebuffer(context.READ_FRAMEBUFFER, this.#framebuffer);
    context.blitFramebuffer(
      ...[0, 0, width, height, 0, 0, width, height, context.COLOR_BUFFER_BIT, context.NEAREST],
    );
    this.#gl.setRenderTarget(null);
    context.bindFramebuffer(context.READ_FRAMEBUFFER, null);
    this.#gl.render(this.#mesh, this.#camera);
  }

  dispose(): void {
    this.#drawn.dispose();
    this.#resolved.dispose();
    this.#context.deleteFramebuffer(this.#framebuffer);
    this.#context.deleteRenderbuffer(this.#color);
    this.#context.deleteRenderbuffer(this.#depth);
    this.#mesh.geometry.dispose();
    this.#mesh.material.dispose();
  }

  #on(strip: Strip | null, render: () => void): void {
    const { width, height } = this.#drawn;
    if (strip) this.#drawn.scissor.set(0, height - strip.top - strip.height, width, strip.height);
    else this.#drawn.scissor.set(0, 0, width, height);
    this.#gl.setRenderTarget(this.#drawn);
    render();
    this.#gl.setRenderTarget(null);
  }

  #resize(width: number, height: number): void {
    const context = this.#context;
    this.#drawn.setSize(width, height);
    this.#resolved.setSize(width, height);
    const size = [width, height] as const;
    context.bindRenderbuffer(context.RENDERBUFFER, this.#color);
    context.renderbufferStorageMultisample(context.RENDERBUFFER, samples, context.RGBA8, ...size);
    context.bindRenderbuffer(context.RENDERBUFFER, this.#depth);
    context.renderbufferStorageMultisample(context.RENDERBUFFER, samples, context.DEPTH_COMPONENT24, ...size);
    context.bindRenderbuffer(context.RENDERBUFFER, null);
    this.#gl.setRenderTarget(this.#drawn);
    const attach = (point: number, buffer: WebGLRenderbuffer): void =>
      context.framebufferRenderbuffer(context.FRAMEBUFFER, point, context.RENDERBUFFER, buffer);
    attach(context.COLOR_ATTACHMENT0, this.#color);
    attach(context.DEPTH_ATTACHMENT, this.#depth);
    this.#gl.setRenderTarget(null);
  }
}
