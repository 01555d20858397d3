import { climb, type Ladder, startsIn2d, type Trouble } from "#electron/common/crash-ladder.ts";
import { judge, newPulse, type Pulse, takeBeat } from "#electron/common/heartbeat.ts";
import type { Heartbeat, PageRemedy } from "#feed/contract/shell.ts";

/** What recovery can do to a window. */
export interface WindowControl {
  remedy(remedy: PageRemedy): void;
  reload(): void;
  /** Ends a page process that does not answer; `gone` follows. */
  crash(): void;
  relaunch(): void;
  log(line: string): void;
}

/** Watches one window and carries the crash ladder out. Call `tick` about once a second. */
export class WindowRecovery {
  readonly #window: WindowControl;
  #ladder: Ladder;
  #pulse: Pulse;
  /** The page was told to go to 2D, or its process is being ended: nothing more to do until it answers. */
  #isTold2d = false;
  #isCrashing = false;

  /** @param nowMs monotonic */
  constructor(window: WindowControl, ladder: Ladder, nowMs: number) {
    this.#window = window;
    this.#ladder = ladder;
    this.#pulse = newPulse(nowMs);
  }

  beat(beat: Heartbeat, nowMs: number): void {
    this.#pulse = takeBeat(this.#pulse, beat, nowMs);
    if (!startsIn2d(this.#ladder) || this.#isTold2d) return;
    // A page that was loaded anew listens only from its first beat on.
    this.#isTold2d = true;
    this.#window.remedy("fallback-2d");
  }

  contextLost(times: Times): void {
    this.#act("context-lost", times);
  }

  noGpu(times: Times): void {
    this.#act("no-gpu", times);
  }

  /** The page's process ended, by itself or by our hand. */
  gone(times: Times): void {
    this.#isCrashing = false;
    this.#act("page-gone", times);
  }

  tick(times: Times): void {
    if (this.#isCrashing) return;
    const verdict = judge(this.#pulse, times.monotonicMs);
    if (verdict === "silent") {
      this.#window.log("the page gives no sign of life; ending its process");
      this.#isCrashing = true;
      this.#window.crash();
    } else if (verdict === "frozen") this.#act("frozen", times);
  }

  #act(trouble: Trouble, { wallMs, monotonicMs }: Times): void {
    const { ladder, remedy } = climb(this.#ladder, trouble, wallMs);
    this.#ladder = ladder;
    this.#window.log(`${trouble}: ${remedy}`);
    // A cured page gets its full time to show signs of life again.
    this.#pulse = newPulse(monotonicMs);
    if (remedy === "relaunch") this.#window.relaunch();
    else if (remedy === "reload-window") {
      this.#isTold2d = false;
      this.#window.reload();
    } else {
      this.#isTold2d ||= remedy === "fallback-2d";
      this.#window.remedy(remedy);
    }
  }
}

/** Now, by two clocks: the ladder outlives the process, the pulse must not jump with the wall clock. */
export interface Times {
  readonly wallMs: number;
  readonly monotonicMs: number;
}
