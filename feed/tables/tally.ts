/** Values received and values that did not come, by class or publisher. Shape: classes or publishers. */
export class Tally {
  readonly received: Float64Array;
  /** In gaps that are over. */
  readonly missed: Float64Array;
  /** Of points that are silent now, as of the last sweep. */
  readonly due: Float64Array;

  constructor(length: number) {
    this.received = new Float64Array(length);
    this.missed = new Float64Array(length);
    this.due = new Float64Array(length);
  }

  expected(index: number): number {
    return this.received[index]! + this.missed[index]! + this.due[index]!;
  }
}
