/** How long a thread may say nothing, before and after it first spoke, and how often that is looked at, ms. */
export interface WatchdogTimes {
  readonly startMs: number;
  readonly silentMs: number;
  readonly checkMs: number;
}

/**
 * The ingest worker tells its status twice a second: twenty of them missing is no garbage collection. Before the first it
 * lays out the campus in one go, which takes a busy machine many times as long as an idle one: ended then, it would only
 * begin again.
 */
const workerTimes: WatchdogTimes = { startMs: 60_000, silentMs: 10_000, checkMs: 1000 };

/**
 * Finds a thread that hangs: it lives, so it never exits, and nothing it should say comes.
 * A machine that slept or a process that was stopped looks the same from here, but its own checks come late too:
 * then the thread is given its time again.
 */
export class Watchdog {
  readonly #times: WatchdogTimes;
  readonly #timer: ReturnType<typeof setInterval>;
  #heardMs = performance.now();
  #hasSpoken = false;
  #checkedMs = performance.now();

  constructor(onHang: (silentMs: number) => void, times: WatchdogTimes = workerTimes) {
    this.#times = times;
    this.#timer = setInterval(() => this.#check(onHang), times.checkMs);
    this.#timer.unref();
  }

  /** To be called with everything the thread says. */
  heard(): void {
    this.#hasSpoken = true;
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
    const allowedMs = this.#hasSpoken ? this.#times.silentMs : this.#times.startMs;
    if (nowMs - this.#heardMs <= allowedMs) return;
    this.stop();
    onHang(nowMs - this.#heardMs);
  }
}
