import type { PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { DrawnFence } from "./drawnFence.ts";
import { Frugality } from "./frugal.ts";
import { onlyThese, type Piece, PiecePace } from "./pieces.ts";
import type { QualityLadder } from "./quality.ts";
import { Sheet } from "./sheet.ts";
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
  /** How long the next piece of a picture has to wait for a hand, ms. */
  readonly waitMs: () => number;
  /** The device has drawn what was given to it, and was busy with it for so long. */
  readonly onDrawn: (tookMs: number, isMoving: boolean) => void;
}

/**
 * Draws the scene as the quality ladder says: a frame of a move with fewer pixels and, where the processor draws,
 * without costly scenery; a picture at rest in full, by simpler shaders where the processor draws, and there in pieces,
 * so that a hand waits for one of them and not for seconds.
 */
export class Picture {
  draws = 0;
  triangles = 0;
  /** Pixel ratio of a picture at rest. */
  readonly fullRatio: number;
  readonly #parts: PictureParts;
  readonly #fence: DrawnFence;
  readonly #thrift: Thrift;
  readonly #frugality: Frugality;
  readonly #sieve: Sieve;
  readonly #pace = new PiecePace();
  #sheet: Sheet | null = null;
  #ratio: number;
  #isMoving = false;
  #isWaiting = false;
  #isWarm = false;
  #beganMs = 0;
  /** Of those pieces of this picture that are no strips. */
  #whole = { draws: 0, triangles: 0 };
  #pieceMs = 0;
  /** What the pieces of this picture took so far, without what lay between them. */
  #tookMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: PictureParts) {
    this.#parts = parts;
    this.fullRatio = parts.gl.getPixelRatio();
    this.#ratio = this.fullRatio;
    this.#fence = new DrawnFence(parts.gl.getContext() as WebGL2RenderingContext, () => this.#drawn());
    this.#thrift = new Thrift(parts.scene);
    this.#frugality = new Frugality(parts.scene);
    this.#sieve = new Sieve(parts.scene);
  }

  /** True until the device has drawn what it was given last. */
  get isDrawing(): boolean {
    return this.#isWaiting;
  }

  /** A picture at rest is being drawn in pieces: it can be given up for something more urgent. */
  get isInPieces(): boolean {
    return this.#isWaiting && this.#pace.isUnderWay;
  }

  draw(nowMs: number, isMoving: boolean): void {
    const { ladder } = this.#parts;
    this.giveUp();
    const isLean = isMoving && ladder.isThrifty;
    const wasMoving = this.#isMoving;
    this.draws = 0;
    this.triangles = 0;
    this.#whole = { draws: 0, triangles: 0 };
    if (!isMoving && ladder.isThrifty) this.#beginPieces();
    else {
      // The first frame stands until the first whole picture is there, for many seconds, and what it costs is compiling.
      const isFirst = isLean && !this.#isWarm;
      this.#setRatio(this.fullRatio * (isMoving && !isFirst ? ladder.ratio : 1));
      if (isLean) this.#renderLean();
      else this.render();
      this.#count(null);
      // Put anew for each frame of a move it would never be reached where frames come faster than they are drawn.
      if (isMoving && wasMoving && this.#isWaiting) return;
    }
    this.#beganMs = nowMs;
    this.#tookMs = 0;
    this.#isMoving = isMoving;
    this.#isWaiting = true;
    if (this.#pace.isUnderWay) this.#drawPiece();
    else this.#fence.put();
  }

  /** Lets go of a picture that is drawn in pieces; what stands on the canvas stays. */
  giveUp(): void {
    if (!this.isInPieces) return;
    this.#pace.end();
    this.#isWaiting = false;
    this.#stop();
  }

  /** The context was lost, and what was kept on the device with it. */
  forget(): void {
    this.giveUp();
    this.#sheet = null;
  }

  /** Draws what is there once, as cheaply as shows the same; nobody is told. */
  render(): void {
    this.#render(null);
  }

  dispose(): void {
    this.#stop();
    this.#sheet?.dispose();
  }

  #beginPieces(): void {
    const { gl, scene } = this.#parts;
    const { clientWidth, clientHeight } = gl.domElement;
    const heightPx = Math.floor(clientHeight * this.fullRatio);
    this.#sift(null);
    this.#pace.begin(scene, heightPx);
    this.#sieve.restore();
    this.#sheet ??= new Sheet(gl);
    this.#sheet.begin(Math.floor(clientWidth * this.fullRatio), heightPx);
  }

  #sift(piece: Piece | null): void {
    const { gl, camera, ladder, isIndoors } = this.#parts;
    this.#frugality.follow(ladder.isThrifty);
    if (!ladder.isThrifty) return;
    const heightPx = gl.domElement.clientHeight;
    this.#sieve.sift(camera, {
      heightPx,
      isIndoors: isIndoors(),
      strip: piece?.strip ?? null,
      share: piece?.share ?? null,
    });
  }

  /** Draws the next piece, when no hand is near: it would have to wait for it. */
  #goOn(): void {
    const waitMs = this.#parts.waitMs();
    if (waitMs === 0) this.#drawPiece();
    else this.#timer = setTimeout(() => this.#goOn(), waitMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#fence.drop();
  }

  #drawPiece(): void {
    const { scene } = this.#parts;
    const { piece } = this.#pace;
    if (!piece || !this.#sheet) return;
    this.#pieceMs = performance.now();
    const restore = onlyThese(scene, piece.objects);
    this.#sheet.add(piece.strip, () => this.#render(piece));
    restore();
    this.#count(piece);
    this.#fence.put();
  }

  #render(piece: Piece | null): void {
    const { gl, scene, camera } = this.#parts;
    this.#sift(piece);
    gl.render(scene, camera);
    this.#sieve.restore();
  }

  #renderLean(): void {
    this.#thrift.lean(true);
    this.render();
    this.#thrift.lean(false);
  }

  /** Draws as for a move, which nobody sees: what a device compiles for that it has then, and the first hand need not wait for it. */
  #warmUp(): void {
    this.#isWarm = true;
    this.#setRatio(this.fullRatio * this.#parts.ladder.ratio);
    this.#renderLean();
  }

  #drawn(): void {
    if (this.#pace.isUnderWay) {
      const tookMs = performance.now() - this.#pieceMs;
      this.#tookMs += tookMs;
      if (this.#pace.next(tookMs)) {
        this.#goOn();
        return;
      }
      if (!this.#isWarm) this.#warmUp();
      this.#setRatio(this.fullRatio);
      this.#sheet?.show();
    } else this.#tookMs = performance.now() - this.#beganMs;
    this.#isWaiting = false;
    this.#parts.onDrawn(this.#tookMs, this.#isMoving);
  }

  /** Strips of a picture draw the same objects, each its part of them: the one with most stands for all. */
  #count(piece: Piece | null): void {
    const { calls, triangles } = this.#parts.gl.info.render;
    const isStrip = Boolean(piece?.strip);
    if (!isStrip) {
      // Shares of one object are together one draw of it.
      if (!piece?.share?.at) this.#whole.draws += calls;
      this.#whole.triangles += triangles;
    }
    this.draws = Math.max(this.draws, this.#whole.draws + (isStrip ? calls : 0));
    this.triangles = Math.max(this.triangles, this.#whole.triangles + (isStrip ? triangles : 0));
  }

  #setRatio(ratio: number): void {
    if (ratio === this.#ratio) return;
    this.#ratio = ratio;
    this.#parts.setPixelRatio(ratio);
  }
}
