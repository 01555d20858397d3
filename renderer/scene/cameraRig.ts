import CameraControls from "camera-controls";
import {
  Box3,
  Matrix4,
  type PerspectiveCamera,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from "three";
import { nearOf } from "./nearPlane.ts";
import type { Pose } from "./poses.ts";

CameraControls.install({
  THREE: { Vector2, Vector3, Vector4, Quaternion, Matrix4, Spherical, Box3, Sphere, Raycaster },
});

/** The whole region in a tall window, with room to spare. */
const farthestM = 120_000;

/** After so long any move is eased out to the last bit, s. */
const easedOutS = 1e6;

/** Longest camera move at a desk, ms (UX §8). */
const flightMs = 600;

interface Flight {
  readonly from: Spherical;
  readonly to: Spherical;
  readonly fromTarget: Vector3;
  readonly toTarget: Vector3;
  readonly startMs: number;
  readonly lengthMs: number;
  readonly done: () => void;
}

/** From this change of distance on a flight is a dive: natural logarithm of the ratio. */
const diveFrom = 0.1;

const smooth = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);

/** Orbit by hand, flights by request; keeps the horizon level and the near plane in proportion to the distance. */
export class CameraRig {
  readonly target = new Vector3();
  /** Takes a hand's move whole with the next frame: where frames are slow, easing it out would only put off the next move. */
  direct = false;
  readonly #camera: PerspectiveCamera;
  readonly #controls: CameraControls;
  readonly #offset = new Vector3();
  readonly #spherical = new Spherical();
  #flight: Flight | null = null;

  /** @param onHand called at every move that a hand makes, before `onMove` */
  constructor(
    camera: PerspectiveCamera,
    element: HTMLElement,
    { onMove, onHand }: { readonly onMove: () => void; readonly onHand: () => void },
  ) {
    this.#camera = camera;
    const controls = new CameraControls(camera, element);
    controls.smoothTime = 0.12;
    controls.draggingSmoothTime = 0.06;
    controls.minDistance = 1.2;
    controls.maxDistance = farthestM;
    controls.maxPolarAngle = Math.PI * 0.492;
    controls.dollyToCursor = true;
    controls.addEventListener("update", onMove);
    for (const event of ["controlstart", "control"] as const)
      controls.addEventListener(event, () => {
        onHand();
        this.#interrupt(onMove);
      });
    controls.addEventListener("wake", onMove);
    this.#controls = controls;
  }

  /** On foot: the orbit is off, and the camera may look up. */
  set free(isFree: boolean) {
    this.#controls.enabled = !isFree;
    this.#controls.minDistance = isFree ? 0.2 : 1.2;
    this.#controls.maxPolarAngle = Math.PI * (isFree ? 0.95 : 0.492);
  }

  get flying(): boolean {
    return this.#flight !== null;
  }

  /** Puts the camera there at once. */
  jump(pose: Pose): void {
    this.#flight?.done();
    this.#flight = null;
    this.#place(pose.eye, pose.target);
  }

  /** Flies there along an arc; resolves when the camera rests or a hand takes over. */
  fly(pose: Pose, nowMs: number, lengthMs = flightMs): Promise<void> {
    this.#flight?.done();
    const { promise, resolve } = Promise.withResolvers<void>();
    const from = new Spherical().setFromVector3(this.#offset.subVectors(this.#camera.position, this.target));
    const to = new Spherical().setFromVector3(this.#offset.subVectors(pose.eye, pose.target));
    from.theta = to.theta + Math.atan2(Math.sin(from.theta - to.theta), Math.cos(from.theta - to.theta));
    this.#flight = {
      from,
      to,
      fromTarget: this.target.clone(),
      toTarget: pose.target.clone(),
      startMs: nowMs,
      lengthMs,
      done: resolve,
    };
    return promise;
  }

  /** Advances controls and flight. @returns true when the camera moved. */
  update(deltaS: number, nowMs: number): boolean {
    const flight = this.#flight;
    if (flight)
      this.#follow(flight, flight.lengthMs > 0 ? Math.min(1, (nowMs - flight.startMs) / flight.lengthMs) : 1);
    const moved = this.#controls.update(this.direct ? easedOutS : deltaS);
    this.#controls.getTarget(this.target);
    const distance = this.#camera.position.distanceTo(this.target);
    const near = nearOf(distance, this.#camera.position.y);
    if (Math.abs(near - this.#camera.near) > near * 0.05) {
      this.#camera.near = near;
      this.#camera.far = Math.max(24_000, distance * 8);
      this.#camera.updateProjectionMatrix();
    }
    this.#camera.updateMatrixWorld();
    return moved || flight !== null;
  }

  dispose(): void {
    this.#controls.dispose();
  }

  #follow(flight: Flight, t: number): void {
    const e = smooth(t);
    const at = this.#spherical;
    at.radius = flight.from.radius * (flight.to.radius / flight.from.radius) ** e;
    at.phi = flight.from.phi + (flight.to.phi - flight.from.phi) * e;
    at.theta = flight.from.theta + (flight.to.theta - flight.from.theta) * e;
    // The target moves as the distance does: what is flown to stays in sight, however much closer one comes.
    const [from, to] = [flight.from.radius, flight.to.radius];
    const isDive = Math.abs(Math.log(to / from)) > diveFrom;
    this.target.lerpVectors(
      flight.fromTarget,
      flight.toTarget,
      isDive ? (at.radius - from) / (to - from) : e,
    );
    this.#offset.setFromSpherical(at).add(this.target);
    this.#place(this.#offset, this.target);
    if (t < 1) return;
    this.#flight = null;
    flight.done();
  }

  #place(eye: Vector3, target: Vector3): void {
    void this.#controls.setLookAt(eye.x, eye.y, eye.z, target.x, target.y, target.z, false);
  }

  #interrupt(onMove: () => void): void {
    const flight = this.#flight;
    this.#flight = null;
    flight?.done();
    onMove();
  }
}
