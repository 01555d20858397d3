/** Rows that something is due for, in the order of their times. A row may be in it more than once. */
export class DueQueue {
  #rows: number[] = [];
  #due: number[] = [];
  #head = 0;

  /** @param dueMs no earlier than what was pushed before */
  push(row: number, dueMs: number): void {
    this.#rows.push(row);
    this.#due.push(dueMs);
  }

  /** Time of the next one; Infinity when there is none. */
  get nextMs(): number {
    return this.#due[this.#head] ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the next row out. */
  shift(): number {
    const row = this.#rows[this.#head++]!;
    if (this.#head > 1000 && this.#head * 2 > this.#rows.length) {
      this.#rows = this.#rows.slice(this.#head);
      this.#due = this.#due.slice(this.#head);
      this.#head = 0;
    }
    return row;
  }

  clear(): void {
    this.#rows.length = 0;
    this.#due.length = 0;
    this.#head = 0;
  }
}
