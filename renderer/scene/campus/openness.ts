import type { OpenUniforms } from "./opening.ts";

/** Shells turn to glass in this time, ms (UX: X-ray is one uniform, eased in 400 ms). */
const easeMs = 400;

/** Cuts above this height are none, m. */
const uncut = 1e5;

const towards = (value: number, goal: number, step: number): number =>
  value < goal ? Math.min(goal, value + step) : Math.max(goal, value - step);

const eased = (t: number): number => t * t * (3 - 2 * t);

/** How far scenery steps back under something else, in parts of wholly. */
const dimmedBy = 0.04;

/** How far shells are open, and what is cut away above the storey in view; eases towards its goals. */
export class Openness {
  readonly uniforms: OpenUniforms;
  #xray = 0;
  #focusOpen = 0;
  #xrayGoal = 0;
  #focus = -1;
  #focusGoal = -1;
  #cutGoal = 1e6;
  /** Height that the sweep of the cut begins at and goes back to, and where it is now, m. */
  #top = 1e6;
  #cut = 1e6;
  /** How far the eye is inside a storey, 0…1: the world outside steps back with it. */
  #inside = 0;
  /** How far the campus steps back as a model of itself, 0…1: something over it is looked at. */
  #dim = 0;
  #dimGoal = 0;

  constructor(uniforms: OpenUniforms) {
    this.uniforms = uniforms;
  }

  set xray(on: boolean) {
    this.#xrayGoal = on ? 1 : 0;
  }

  /** Something over the campus is looked at: shells stay, all scenery steps back. */
  set dimmed(on: boolean) {
    this.#dimGoal = on ? 1 : 0;
  }

  /**
   * The building looked into, −1 for none, and the height above which it is cut away.
   * @param top height of everything on it: the cut sweeps down from there, storey by storey
   */
  look(building: number, cut: number, top = cut): void {
    if (building !== this.#focusGoal) this.#cut = 1e6;
    this.#focusGoal = building;
    this.#cutGoal = cut;
    this.#top = Math.max(top, cut < uncut ? cut : 0);
  }

  get anyOpen(): boolean {
    return this.#xray > 0 || this.#focusOpen > 0;
  }

  get easing(): boolean {
    return (
      this.#xray !== this.#xrayGoal ||
      this.#focus !== this.#focusGoal ||
      this.#focusOpen !== (this.#focus >= 0 ? 1 : 0) ||
      this.#inside !== this.#insideGoal ||
      this.#dim !== this.#dimGoal
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
    const { uXray, uFocusOpen } = this.uniforms;
    return Math.max(
      uXray.value * 0.9,
      uFocusOpen.value * (0.3 + 0.63 * eased(this.#inside)),
      eased(this.#dim) * dimmedBy,
    );
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
    this.#inside = towards(this.#inside, this.#insideGoal, step);
    this.#dim = towards(this.#dim, this.#dimGoal, step);
    u.uCut.value = this.#focus === this.#focusGoal ? this.#sweep(step) : 1e6;
  }

  get #insideGoal(): number {
    return this.#focusGoal >= 0 && this.#cutGoal < uncut ? 1 : 0;
  }

  /** Where the cut is after this part of its way, m; nothing is cut once it is back on top. */
  #sweep(step: number): number {
    const goal = Math.min(this.#cutGoal, this.#top);
    this.#cut = towards(Math.min(this.#cut, this.#top), goal, step * this.#top);
    return this.#cut === this.#cutGoal || this.#cutGoal < uncut || this.#cut < this.#top ? this.#cut : 1e6;
  }
}
