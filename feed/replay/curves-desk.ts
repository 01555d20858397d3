import type { CurvesState } from "#feed/contract/replay.ts";
import type { Sidecars } from "#feed/log/sidecar/sidecars.ts";
import type { LogSource } from "./log-source.ts";

/** Builds the curves of a recording in the background, and lets people stop that, or delete them. */
export class CurvesDesk {
  readonly #log: LogSource["log"];
  readonly #sidecars: Sidecars;
  readonly #onTrouble: (error: unknown) => void;
  #abort: AbortController | null = null;
  #state: CurvesState["state"] = "building";
  #progress = 0;

  constructor(log: LogSource["log"], sidecars: Sidecars, onTrouble: (error: unknown) => void) {
    this.#log = log;
    this.#sidecars = sidecars;
    this.#onTrouble = onTrouble;
  }

  get state(): CurvesState {
    return { state: this.#state, progress: this.#progress };
  }

  /** Builds what is missing; again for files that were ended since. Not against a person's will. */
  keepUp(): void {
    if (this.#abort || this.#state === "stopped" || this.#state === "removed") return;
    void this.#build().catch(this.#onTrouble);
  }

  act(action: "stop" | "build" | "remove"): CurvesState {
    this.#abort?.abort();
    if (action === "build") {
      this.#state = "building";
      this.#abort = null;
      this.keepUp();
    } else {
      this.#state = action === "stop" ? "stopped" : "removed";
      if (action === "remove") this.#remove();
    }
    return this.state;
  }

  close(): void {
    this.#abort?.abort();
  }

  async #build(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    for await (const { progress } of this.#sidecars.build(this.#log, abort.signal)) {
      if (abort.signal.aborted) break;
      this.#state = "building";
      this.#progress = progress;
    }
    if (this.#abort === abort) this.#abort = null;
    if (abort.signal.aborted) return;
    this.#state = "whole";
    this.#progress = 1;
  }

  #remove(): void {
    this.#sidecars.remove(this.#log);
    this.#progress = 0;
  }
}
