import type { PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { DrawnFence } from "./drawnFence.ts";
import { Frugality } from "./frugal.ts";
import type { QualityLadder } from "./quality.ts";
import { Sieve } from "./sieve.ts";
import { Thrift } from "./thrift.ts";

export interface PictureParts {
  readonly gl: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly ladder: QualityLadder;
  /** Draws with this many device pixels per CSS pixel from now on. */
  readonly setPixelRatio: (ratio: number) => void;
  /** The eye stands in a closed room. */
  readonly isIndoors: () => boolean;
  /** The device has drawn what was given to it. */
  readonly onDrawn: (tookMs: number, isMoving: boolean) => void;
}

/**
 * Draws the scene as the quality ladder says: a frame of a move with fewer pixels and, where the processor draws,
 * without costly scenery; a picture at rest in full, by simpler shaders where the processor draws.
 */
export class Picture {
  draws = 0;
  triangles = 0;
  readonly #parts: PictureParts;
  readonly #fullRatio: number;
  readonly #fence: DrawnFence;
  readonly #thrift: Thrift;
  readonly #frugality: Frugality;
  readonly #sieve: Sieve;
  #ratio: number;
  #isMoving = false;
  #isWaiting = false;
  #beganMs = 0;

  constructor(parts: PictureParts) {
    this.#parts = parts;
    this.#fullRatio = parts.gl.getPixelRatio();
    this.#ratio = this.#fullRatio;
    this.#fence = new DrawnFence(parts.gl.getContext() as WebGL2RenderingContext, () => this.#drawn());
    this.#thrift = new Thrift(parts.scene);
    this.#frugality = new Frugality(parts.scene);
    this.#sieve = new Sieve(parts.scene);
  }

  /** True until the device has drawn what it was given last. */
  get isDrawing(): boolean {
    return this.#isWaiting;
  }

  draw(nowMs: number, isMoving: boolean): void {
    const { gl, ladder } = this.#parts;
    const isLean = isMoving && ladder.isThrifty;
    this.#setRatio(this.#fullRatio * (isMoving ? ladder.ratio : 1));
    if (isLean) this.#thrift.lean(true);
    this.render();
    if (isLean) this.#thrift.lean(false);
    this.draws = gl.info.render.calls;
    this.triangles = gl.info.render.triangles;
    // Put anew for each frame of a move it would never be reached where frames come faster than they are drawn.
    if (isMoving && this.#isMoving && this.#isWaiting) return;
    this.#beganMs = nowMs;
    this.#isMoving = isMoving;
    this.#isWaiting = true;
    this.#fence.put();
  }

  /** Draws what is there once, as cheaply as shows the same; nobody is told. */
  render(): void {
    const { gl, scene, camera, ladder, isIndoors } = this.#parts;
    this.#frugality.follow(ladder.isThrifty);
    if (ladder.isThrifty) this.#sieve.sift(camera, gl.domElement.clientHeight, isIndoors());
    gl.render(scene, camera);
    this.#sieve.restore();
  }

  dispose(): void {
    this.#fence.dispose();
  }

  #drawn(): void {
    this.#isWaiting = false;
    this.#parts.onDrawn(performance.now() - this.#beganMs, this.#isMoving);
  }

  #setRatio(ratio: number): void {
    if (ratio === this.#ratio) return;
    this.#ratio = ratio;
    this.#parts.setPixelRatio(ratio);
  }
}
