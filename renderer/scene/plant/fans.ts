import { InstancedBufferAttribute, type InstancedBufferGeometry } from "three";
import type { ClassState } from "#renderer/data/state.ts";
import { isUsable } from "#twins/model/quality.ts";

/** After this all looks the same again: a whole turn, or two dashes along a pipe (plantMaterial.ts). */
const period = Math.PI * 2;

/**
 * What turns or flows in one crowd: `iLive` holds for each its angle at a time (rad; m along a pipe), its speed (per s)
 * and that time (s of the fan clock), so that the shader alone moves it. Sampled, never per frame; a change of speed
 * goes on from where the rotor is.
 */
export class Fans {
  readonly #spans: Int32Array;
  readonly #column: number;
  readonly #live: InstancedBufferAttribute;
  readonly #perPercent: number;
  #turning = 0;

  /**
   * @param spans rows [start, end) of the class for each of the first instances, whose mean moves it; others never
   * move. Row-major, instances × 2
   * @param fullSpeed rad/s or m/s at 100 %
   */
  constructor(
    geometry: InstancedBufferGeometry,
    { spans, column, fullSpeed }: { spans: Int32Array; column: number; fullSpeed: number },
  ) {
    this.#spans = spans;
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
    let from = live.length;
    let to = -1;
    let turning = 0;
    let speed = 0;
    for (let i = 0; i < this.#spans.length / 2; i++) {
      const start = this.#spans[i * 2]!;
      const end = this.#spans[i * 2 + 1]!;
      const isSame = i > 0 && start === this.#spans[i * 2 - 2] && end === this.#spans[i * 2 - 1];
      if (!isSame) speed = this.#mean(state, start, end) * this.#perPercent;
      if (speed > 0) turning++;
      const at = i * 3;
      const old = live[at + 1]!;
      if (Math.abs(speed - old) <= this.#perPercent && speed > 0 === old > 0) continue;
      live[at] = (live[at]! + old * (seconds - live[at + 2]!)) % period;
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

  /** Mean of rows in percent, what is stopped or not usable counted as standing. */
  #mean(state: ClassState, start: number, end: number): number {
    let sum = 0;
    for (let row = start; row < end; row++) {
      const cell = row * state.columns + this.#column;
      const percent = state.value[cell]!;
      if (percent > 0 && isUsable(state.status[cell]!)) sum += percent;
    }
    return end > start ? sum / (end - start) : 0;
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

/** Spans of single rows. */
export const single = (rows: Int32Array): Int32Array =>
  Int32Array.from([...rows].flatMap((row) => [row, row + 1]));
