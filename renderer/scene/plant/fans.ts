import { InstancedBufferAttribute, type InstancedBufferGeometry } from "three";
import type { ClassState } from "#renderer/data/state.ts";
import { isUsable } from "#twins/model/quality.ts";

/**
 * Rotors of one crowd: `iLive` holds for each its angle at a time (rad), its speed (rad/s) and that time (s of the fan
 * clock), so that the shader alone turns them. Sampled, never per frame; a change of speed goes on from where the
 * rotor is.
 */
export class Fans {
  readonly #rows: Int32Array;
  readonly #column: number;
  readonly #live: InstancedBufferAttribute;
  readonly #perPercent: number;
  #turning = 0;

  /**
   * @param rows row of the class for each of the first instances; others never turn
   * @param fullSpeed rad/s at 100 %
   */
  constructor(
    geometry: InstancedBufferGeometry,
    { rows, column, fullSpeed }: { rows: Int32Array; column: number; fullSpeed: number },
  ) {
    this.#rows = rows;
    this.#column = column;
    this.#perPercent = fullSpeed / 100;
    const array = new Float32Array(Math.max(1, geometry.instanceCount) * 3);
    // Rotors of a row do not stand in step.
    for (let i = 0; i < geometry.instanceCount; i++) array[i * 3] = (i * 2.4) % 6.28;
    this.#live = new InstancedBufferAttribute(array, 3);
    geometry.setAttribute("iLive", this.#live);
  }

  /** True while any of them turns. */
  get turning(): boolean {
    return this.#turning > 0;
  }

  /** Takes speeds over: only usable ones; a fan that is stopped, stale, bad or never seen stands. */
  sample(state: ClassState, seconds: number): void {
    const live = this.#live.array as Float32Array;
    let [from, to, turning] = [Infinity, -1, 0];
    for (let i = 0; i < this.#rows.length; i++) {
      const cell = this.#rows[i]! * state.columns + this.#column;
      const percent = state.value[cell]!;
      const speed = isUsable(state.status[cell]!) && percent > 0 ? percent * this.#perPercent : 0;
      if (speed > 0) turning++;
      const at = i * 3;
      const old = live[at + 1]!;
      if (Math.abs(speed - old) <= 0.01 * this.#perPercent * 100 && speed > 0 === old > 0) continue;
      live[at] = (live[at]! + old * (seconds - live[at + 2]!)) % (Math.PI * 2);
      live[at + 1] = speed;
      live[at + 2] = seconds;
      from = Math.min(from, at);
      to = at + 3;
    }
    this.#turning = turning;
    if (to < 0) return;
    this.#live.clearUpdateRanges();
    this.#live.addUpdateRange(from, to - from);
    this.#live.needsUpdate = true;
  }

  /** Begins anew at second 0 of another clock, each rotor where it would be at that time. */
  restart(): void {
    const live = this.#live.array as Float32Array;
    for (let at = 0; at < live.length; at += 3) {
      live[at] = ((at / 3) * 2.4) % 6.28;
      live[at + 1] = 0;
      live[at + 2] = 0;
    }
    this.#live.clearUpdateRanges();
    this.#live.needsUpdate = true;
  }
}
