import type { OpenUniforms } from "./opening.ts";

/** Shells turn to glass in this time, ms (UX: X-ray is one uniform, eased in 400 ms). */
const easeMs = 400;

const towards = (value: number, goal: number, step: number): number =>
  value < goal ? Math.min(goal, value + step) : Math.max(goal, value - step);

const eased = (t: number): number => t * t * (3 - 2 * t);

/** How far shells are open, and what is cut away above the storey in view; eases towards its goals. */
export class Openness {
  readonly uniforms: OpenUniforms;
  #xray = 0;
  #focusOpen = 0;
  #xrayGoal = 0;
  #focus = -1;
  #focusGoal = -1;
  #cutGoal = 1e6;

  constructor(uniforms: OpenUniforms) {
    this.uniforms = uniforms;
  }

  set xray(on: boolean) {
    this.#xrayGoal = on ? 1 : 0;
  }

  /** The building looked into, −1 for none, and the height above which it is cut away. */
  look(building: number, cut: number): void {
    this.#focusGoal = building;
    this.#cutGoal = cut;
  }

  get anyOpen(): boolean {
    return this.#xray > 0 || this.#focusOpen > 0;
  }

  get easing(): boolean {
    return (
      this.#xray !== this.#xrayGoal ||
      this.#focus !== this.#focusGoal ||
      this.#focusOpen !== (this.#focus >= 0 ? 1 : 0)
    );
  }

  /** True while the next step changes something, easing or not. */
  get moving(): boolean {
    return this.easing || this.uniforms.uCut.value !== this.#cutGoal;
  }

  isOpen(building: number): boolean {
    return this.#xrayGoal === 1 || building === this.#focusGoal;
  }

  /** How far scenery steps back: wholly for X-ray, more inside a room than before an open building. */
  get recede(): number {
    const { uXray, uFocusOpen, uCut } = this.uniforms;
    return Math.max(uXray.value * 0.9, uFocusOpen.value * (uCut.value < 1e5 ? 0.93 : 0.3));
  }

  /** Advances by a frame. `still` jumps: reduced motion, or a frozen picture. */
  step(deltaMs: number, still: boolean): void {
    if (!this.moving) return;
    const step = still ? 1 : Math.min(1, deltaMs / easeMs);
    this.#xray = towards(this.#xray, this.#xrayGoal, step);
    if (this.#focus !== this.#focusGoal) {
      // The building left behind closes first, unless none was open.
      this.#focusOpen = this.#focus < 0 ? 0 : towards(this.#focusOpen, 0, step * 2);
      if (this.#focusOpen === 0) this.#focus = this.#focusGoal;
    }
    if (this.#focus === this.#focusGoal)
      this.#focusOpen = towards(this.#focusOpen, this.#focus >= 0 ? 1 : 0, step);
    const u = this.uniforms;
    u.uXray.value = eased(this.#xray);
    u.uFocus.value = this.#focus;
    u.uFocusOpen.value = eased(this.#focusOpen);
    u.uCut.value = this.#focus === this.#focusGoal ? this.#cutGoal : 1e6;
  }
}
