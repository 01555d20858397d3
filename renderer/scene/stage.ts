import { type PerspectiveCamera, type Scene, Vector3, type WebGLRenderer } from "three";
import type { CampusState } from "#renderer/data/state.ts";
import type { CameraId } from "#renderer/stores/cameras.ts";
import type { ViewStore } from "#renderer/stores/view.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { AnswerGauge } from "./answer.ts";
import { CameraRig } from "./cameraRig.ts";
import { poseFor } from "./cameras.ts";
import { CampusRenderer } from "./campus/campusRenderer.ts";
import { instancesIn } from "./campus/instances.ts";
import { rendererName, watchContext } from "./context.ts";
import { Covers } from "./covers.ts";
import { followView } from "./follow.ts";
import { gaugeOf } from "./gauge.ts";
import { Hand } from "./hand.ts";
import type { SceneGauge, SceneHandle, SceneStats, Viewpoint } from "./handle.ts";
import type { DrawnAt } from "./idPass.ts";
import { Walk } from "./inside/walk.ts";
import { Lettering } from "./lettering.ts";
import { awaitLetters } from "./letters.ts";
import { RedrawPace } from "./pace.ts";
import { Picture } from "./picture.ts";
import { watchPointer } from "./pointer.ts";
import { homePose } from "./poses.ts";
import { isSoftware, QualityLadder } from "./quality.ts";
import { readPixel } from "./readPixel.ts";
import { reducedMotion } from "./reducedMotion.ts";
import { tellView } from "./told.ts";
import { Turn } from "./turn.ts";

export interface StageParts {
  readonly gl: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly state: CampusState;
  readonly view: ViewStore;
  readonly invalidate: () => void;
  /** Draws with this many device pixels per CSS pixel from the next frame on. */
  readonly setPixelRatio: (ratio: number) => void;
}

/** Longest step an animation takes after a pause of the demand loop, ms. */
const longestStepMs = 50;
/** The same from frame to frame, ms: where frames are slow, easing takes its time all the same. */
const longestRunningStepMs = 250;

/** A camera this close to where it began has not been moved, m. */
const atHomeM = 0.5;

/** Rotors turn at this pace while nothing else asks for frames, ms. */
const lifeMs = 33;

/** The one picture: camera, campus and canvas together, drawn on demand. Implements what App and `window.twin` use. */
export class Stage implements SceneHandle {
  readonly campus: CampusRenderer;
  readonly rig: CameraRig;
  readonly #parts: StageParts;
  readonly #cleanups: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #shown = Promise.withResolvers<void>();
  /** So many of them get what they wait for with the picture that is drawn now. */
  #served = 0;
  readonly #at = new Vector3();
  #onHand: () => void = () => {};
  /** The frame before this one asked for it at once. */
  #isRunning = false;
  #lastMs = performance.now();
  #frames = 0;
  #jsMs = 0;
  #contextsLost = 0;
  readonly #walk: Walk;
  readonly #lettering: Lettering;
  readonly #ladder: QualityLadder;
  readonly #picture: Picture;
  readonly #answer = new AnswerGauge();
  readonly #pace = new RedrawPace();
  readonly #hand = new Hand();
  readonly #hasLetters: () => boolean;
  readonly #turn: Turn;
  /** Somebody asked for a frame while a slow device drew another. */
  #wasPutOff = false;
  /** Least time until the frame that data asked for while another was being drawn, ms; null for none. */
  #wantedMs: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.#turn = new Turn(parts.state, performance.now());
    const { gl, scene, camera, state, view, invalidate } = parts;
    const context = gl.getContext() as WebGL2RenderingContext;
    const maxLayers = context.getParameter(context.MAX_ARRAY_TEXTURE_LAYERS) as number;
    this.#ladder = new QualityLadder(isSoftware(rendererName(context)), view.getState().mode === "wall");
    this.#picture = new Picture({
      gl,
      scene,
      camera,
      ladder: this.#ladder,
      setPixelRatio: parts.setPixelRatio,
      isIndoors: () => !view.getState().xray && this.campus.lod.isWithin(camera.position),
      waitMs: () => this.#hand.waitMs(performance.now(), this.#waiting.length > 0),
      onDrawn: (tookMs, isMoving) => this.#drawn(tookMs, isMoving),
    });
    this.campus = new CampusRenderer(state, maxLayers);
    scene.add(this.campus.root);
    this.rig = new CameraRig(camera, gl.domElement, { onMove: invalidate, onHand: () => this.#onHand() });
    this.rig.jump(homePose(this.campus.layout));
    this.#walk = new Walk({
      rig: this.rig,
      campus: this.campus,
      canvas: gl.domElement,
      invalidate,
      onEnd: () => view.setState({ walks: false }),
      onLeft: (room) => void this.flyTo({ className: "room", row: room }),
    });
    this.#lettering = new Lettering(this.campus, () => this.#picture.fullRatio);
    this.#cleanups.push(
      followView({
        view,
        ladder: this.#ladder,
        campus: this.campus,
        walk: this.#walk,
        lettering: this.#lettering,
        onChange: invalidate,
        onOther: () => this.#picture.giveUp(),
        onFlight: ({ to, ms }) => void this.flyTo(to, ms),
      }),
    );
    this.#cleanups.push(
      () => this.#walk.leave(),
      state.onChange(() => this.#hear()),
      () => clearTimeout(this.#timer),
      () => this.#picture.dispose(),
    );
    this.#hasLetters = awaitLetters(invalidate);
    const covers = new Covers(gl.domElement, (boxes) => {
      this.campus.cover(boxes);
      invalidate();
    });
    const onLost = (): void => {
      this.#contextsLost++;
      this.#picture.forget();
    };
    this.#cleanups.push(
      () => covers.dispose(),
      watchContext(gl.domElement, { onLost, onRestored: invalidate }),
      watchPointer(gl.domElement, {
        view,
        pick: (x, y) => this.pick(x, y),
        onAsk: (eventMs) => this.#answer.ask(eventMs),
        onNear: (eventMs) => {
          this.#hand.nearMs = eventMs;
        },
        onEnter: (asset) => {
          this.#onHand();
          void this.flyTo(asset);
        },
      }),
    );
  }

  draw(): void {
    const start = performance.now();
    const { isThrifty } = this.#ladder;
    if (isThrifty && this.#frames === 0 && !this.#hasLetters()) return;
    this.rig.direct = isThrifty;
    // Frames that pile up before a slow device would each come later than the hand that asked for them.
    const { isDrawing, isInPieces } = this.#picture;
    if (isThrifty && isDrawing && !isInPieces) {
      this.#wasPutOff = true;
      return;
    }
    const interval = start - this.#lastMs;
    const delta = Math.min(this.#isRunning ? longestRunningStepMs : longestStepMs, interval);
    const { gl, camera, state, view, invalidate } = this.#parts;
    const walks = this.#walk.update(delta / 1000);
    const moved = this.rig.update(delta / 1000, start) || walks;
    const isEasing = this.campus.easing;
    const isUrgent = moved || isEasing || (isThrifty && !this.#waiting.length && this.#turn.take(start));
    // A picture in pieces gives way to what moves or has turned, and to nothing else: it would never be whole.
    if (isInPieces && !isUrgent) {
      this.#wasPutOff = true;
      return;
    }
    if (isThrifty && !isUrgent && this.#keepsClear(start)) return;
    this.#lastMs = start;
    this.#pace.begin(start);
    this.campus.still = reducedMotion();
    // A live plant never stops changing: whoever waits gets what is there now, not a quiet moment that never comes.
    this.campus.completeNext = this.#waiting.length > 0 && !this.rig.flying;
    this.#served = this.#waiting.length;
    this.campus.frame({
      camera,
      target: this.rig.target,
      widthPx: gl.domElement.clientWidth,
      heightPx: gl.domElement.clientHeight,
      deltaMs: delta,
      passedMs: interval,
      nowMs: state.nowMs(),
    });
    this.campus.prepare(gl);
    const wasRunning = this.#isRunning;
    this.#isRunning = isUrgent || this.campus.easing;
    if (this.#isRunning && wasRunning && !isThrifty) this.#ladder.tookMoving(interval);
    if (this.#isRunning) this.#hand.movedMs = start;
    this.#picture.draw(start, this.#isRunning);
    this.#shown.resolve();
    this.#answer.drew(moved);
    this.#frames++;
    this.#jsMs = performance.now() - start;
    tellView(view, this.campus, camera.position);
    if (this.#isRunning) {
      // Where the processor draws, the next one is asked for when this one is drawn.
      if (!isThrifty) invalidate();
      return;
    }
    if (this.campus.pending) this.#wake(0);
    else if (this.campus.alive && !isThrifty) this.#wake(lifeMs);
    if (!this.#picture.isInPieces) this.#settle();
  }

  shown(): Promise<void> {
    return this.#shown.promise;
  }

  settled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#parts.invalidate();
    return promise;
  }

  async flyTo(ref: AssetRef | CameraId, ms?: number): Promise<void> {
    const { camera, view, invalidate } = this.#parts;
    this.#walk.leave();
    const { panels, mode } = view.getState();
    const isCrowded = panels === "all" && mode !== "wall";
    const pose = poseFor(this.campus.layout, ref, { fovDeg: camera.fov, aspect: camera.aspect, isCrowded });
    if (reducedMotion()) this.rig.jump(pose);
    else {
      const landed = this.rig.fly(pose, performance.now(), ms);
      invalidate();
      await landed;
    }
    invalidate();
  }

  onHand(listener: () => void): void {
    this.#onHand = listener;
  }

  pick(x: number, y: number): AssetRef | null {
    const { clientWidth, clientHeight } = this.#parts.gl.domElement;
    return this.campus.pick((x / clientWidth) * 2 - 1, 1 - (y / clientHeight) * 2, this.#parts.camera);
  }

  async drawnAt(points: readonly (readonly [x: number, y: number])[]): Promise<readonly DrawnAt[]> {
    const { drawnAt } = await import("./idPass.ts");
    const { gl, scene, camera } = this.#parts;
    return drawnAt({ gl, scene, camera, twin: this.campus.layout.twin }, points);
  }

  screenOf(ref: AssetRef): { readonly x: number; readonly y: number } | null {
    const { gl, camera } = this.#parts;
    const at = this.campus.visibleCentre(ref, camera, this.#at).project(camera);
    if (Math.abs(at.x) > 1 || Math.abs(at.y) > 1 || at.z > 1) return null;
    const { clientWidth, clientHeight } = gl.domElement;
    return { x: ((at.x + 1) / 2) * clientWidth, y: ((1 - at.y) / 2) * clientHeight };
  }

  async colorOf(ref: AssetRef): Promise<readonly [number, number, number] | null> {
    const at = this.screenOf(ref);
    if (!at) return null;
    const hit = this.pick(at.x, at.y);
    if (!hit || hit.className !== ref.className || hit.row !== ref.row) return null;
    const { gl } = this.#parts;
    // Drawn and read in one task: the drawing buffer is gone afterwards. Marks over the data are left out.
    this.campus.bare(() => this.#picture.render());
    const color = readPixel(gl, at);
    this.#parts.invalidate();
    return color;
  }

  async picture(): Promise<ImageBitmap> {
    await this.settled();
    const { gl } = this.#parts;
    // Drawn and copied in one task: the drawing buffer is gone afterwards.
    this.#picture.render();
    return createImageBitmap(gl.domElement);
  }

  viewpoint(): Viewpoint | null {
    const { position } = this.#parts.camera;
    const { target } = this.rig;
    if (position.distanceTo(homePose(this.campus.layout).eye) < atHomeM) return null;
    return { eye: [position.x, -position.z, position.y], target: [target.x, -target.z, target.y] };
  }

  look({ eye, target }: Viewpoint): void {
    this.rig.jump({
      eye: new Vector3(eye[0], eye[2], -eye[1]),
      target: new Vector3(target[0], target[2], -target[1]),
    });
    this.#parts.invalidate();
  }

  gauge(): SceneGauge {
    return gaugeOf(this.#parts.camera, this.rig.target, this.#parts.gl.domElement.clientHeight);
  }

  stats(): SceneStats {
    return {
      draws: this.#picture.draws,
      triangles: this.#picture.triangles,
      instances: instancesIn(this.campus.root),
      uploadBytes: this.campus.uploadBytes,
      jsMs: this.#jsMs,
      frames: this.#frames,
      contextsLost: this.#contextsLost,
      quality: this.#ladder.step,
      answers: this.#answer.count,
      answerMs: this.#answer.lastMs,
    };
  }

  invalidate(): void {
    this.#parts.invalidate();
  }

  dispose(): void {
    for (const cleanup of this.#cleanups) cleanup();
    this.rig.dispose();
    this.#parts.scene.remove(this.campus.root);
    this.campus.dispose();
  }

  /** Data came: where a picture takes seconds, what makes all of it untrue is drawn at once. */
  #hear(): void {
    if (this.#ladder.isThrifty && this.#turn.isDue(performance.now())) this.#parts.invalidate();
    else this.#wake(0);
  }

  /** Asks for a frame on behalf of data, not sooner than a delay; what comes in between is drawn with it. */
  #wake(delayMs: number): void {
    if (this.#timer !== undefined) return;
    const waitMs = this.#pace.waitMs(performance.now());
    if (waitMs === null) this.#wantedMs = Math.min(this.#wantedMs ?? delayMs, delayMs);
    else if (waitMs === 0 && delayMs === 0) this.#parts.invalidate();
    else
      this.#timer = setTimeout(
        () => {
          this.#timer = undefined;
          this.#parts.invalidate();
        },
        Math.max(waitMs, delayMs),
      );
  }

  /**
   * True when a full picture has to wait, because a hand has only just stopped or is about to move: where the processor
   * draws, one takes longer than a hand may wait.
   */
  #keepsClear(nowMs: number): boolean {
    const waitMs = this.#hand.waitMs(nowMs, this.#waiting.length > 0);
    if (this.#frames === 0 || waitMs === 0) return false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#parts.invalidate();
    }, waitMs);
    return true;
  }

  /** The device has drawn: from here counts the rest, and data that came meanwhile asks again. */
  #drawn(tookMs: number, isMoving: boolean): void {
    const nowMs = performance.now();
    const { isThrifty } = this.#ladder;
    if (isMoving) this.#hand.movedMs = nowMs;
    this.#pace.end(nowMs, isThrifty ? this.#hand.rests(nowMs) : 1, tookMs);
    this.#answer.drawn(nowMs);
    if (!isMoving) {
      this.#ladder.tookAtRest(tookMs);
      this.#settle();
    } else if (isThrifty) this.#ladder.tookMoving(tookMs);
    const { view } = this.#parts;
    const { step } = this.#ladder;
    if (step !== view.getState().picture) view.setState({ picture: step });
    const wasPutOff = this.#wasPutOff;
    const wantedMs = this.#wantedMs;
    this.#wantedMs = null;
    this.#wasPutOff = false;
    if (wasPutOff || (isThrifty && this.#isRunning)) this.#parts.invalidate();
    else if (wantedMs !== null) this.#wake(wantedMs);
  }

  #settle(): void {
    if (this.rig.flying) return;
    for (const resolve of this.#waiting.splice(0, this.#served)) resolve();
    this.#served = 0;
  }
}
