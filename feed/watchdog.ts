/** How long a thread may say nothing, and how often that is looked at, ms. */
export interface WatchdogTimes {
  readonly silentMs: number;
  readonly checkMs: number;
}

/** The ingest worker tells its status twice a second: twenty of them missing is no garbage collection. */
const workerTimes: WatchdogTimes = { silentMs: 10_000, checkMs: 1000 };

/**
 * Finds a thread that hangs: it lives, so it never exits, and nothing it should say comes.
 * A machine that slept or a process that was stopped looks the same from here, but its own checks come late too:
 * then the thread is given its time again.
 */
export class Watchdog {
  readonly #times: WatchdogTimes;
  readonly #timer: ReturnType<typeof setInterval>;
  #heardMs = performance.now();
  #checkedMs = performance.now();

  constructor(onHang: (silentMs: number) => void, times: WatchdogTimes = workerTimes) {
    this.#times = times;
    this.#timer = setInterval(() => this.#check(onHang), times.checkMs);
    this.#timer.unref();
  }

  /** To be called with everything the thread says. */
  heard(): void {
    this.#heardMs = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(onHang: (silentMs: number) => void): void {
    const nowMs = performance.now();
    const wasAsleep = nowMs - this.#checkedMs > this.#times.silentMs / 2;
    this.#checkedMs = nowMs;
    if (wasAsleep) this.#heardMs = nowMs;
    if (nowMs - this.#heardMs <= this.#times.silentMs) return;
    this.stop();
    onHang(nowMs - this.#heardMs);
  }
}
