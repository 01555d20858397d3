import { Vector3 } from "three";
import type { CameraRig } from "#renderer/scene/cameraRig.ts";
import type { CampusRenderer } from "#renderer/scene/campus/campusRenderer.ts";
import { Walker } from "./walker.ts";
import { WalkHands } from "./walkHands.ts";

/** The point looked at lies this far ahead: nearer than a walker comes to a wall, so that it stays in the room. */
const aheadM = 0.4;

interface WalkParts {
  readonly rig: CameraRig;
  readonly campus: CampusRenderer;
  readonly canvas: HTMLCanvasElement;
  readonly invalidate: () => void;
  /** The walk is over, or there is no room to begin it in. */
  readonly onEnd: () => void;
  /** It was left on foot: the room is seen whole again. */
  readonly onLeft: (room: number) => void;
}

/** A walk through the room in view: takes the camera from the orbit while it lasts. */
export class Walk {
  readonly #parts: WalkParts;
  readonly #pose = { eye: new Vector3(), target: new Vector3() };
  #walker: Walker | null = null;
  #hands: WalkHands | null = null;
  #turned = false;

  constructor(parts: WalkParts) {
    this.#parts = parts;
  }

  /** Walks or does not, as the view says. */
  follow(walks: boolean): void {
    const room = this.#walker?.room ?? -1;
    if (walks === room >= 0) return;
    if (walks) {
      if (!this.#begin()) this.#parts.onEnd();
      return;
    }
    this.#end();
    this.#parts.onLeft(room);
  }

  /** Ends because the camera goes elsewhere. */
  leave(): void {
    if (!this.#walker) return;
    this.#end();
    this.#parts.onEnd();
  }

  /** Before each frame. @returns true while it goes on moving. */
  update(seconds: number): boolean {
    const walker = this.#walker;
    if (!walker || !this.#hands) return false;
    const moved = walker.go(seconds, this.#hands.steps);
    if (!moved && !this.#turned) return false;
    this.#turned = false;
    walker.see(aheadM, this.#pose.eye, this.#pose.target);
    this.#parts.rig.jump(this.#pose);
    return true;
  }

  /** Begins where the camera looks. @returns false when it looks into no room. */
  #begin(): boolean {
    const { rig, campus, canvas, invalidate, onEnd } = this.#parts;
    const { room } = campus.lod.focus;
    if (room < 0) return false;
    const walker = new Walker(campus.layout, room, rig.target);
    this.#walker = walker;
    this.#hands = new WalkHands({
      canvas,
      onTurn: (right, up) => {
        walker.turn(right, up);
        this.#turned = true;
        invalidate();
      },
      onStep: invalidate,
      onLeave: onEnd,
    });
    rig.free = true;
    campus.walks = true;
    this.#turned = true;
    invalidate();
    return true;
  }

  /** Gives the camera back to the orbit, where it is. */
  #end(): void {
    const { rig, campus, invalidate } = this.#parts;
    this.#walker = null;
    this.#hands?.dispose();
    this.#hands = null;
    rig.free = false;
    campus.walks = false;
    invalidate();
  }
}
