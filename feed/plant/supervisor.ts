import { type ChildProcess, fork } from "node:child_process";
import type { SessionConfig } from "#feed/contract/config.ts";
import { healthyMs } from "#feed/restarts.ts";
import { backoffMs } from "#feed/sources/backoff.ts";
import { builtInScenario } from "#feed/twin-directory.ts";
import { err, ok } from "#twins/model/result.ts";
import {
  createAsks,
  type NumberedAnswer,
  type PlantAnswer,
  type PlantAsk,
  plantStarting,
  scenarioUnknown,
} from "./asks.ts";
import type { PlantReply } from "./process.ts";

export interface PlantHooks {
  readonly log: (line: string) => void;
  /** Its broker listens here from now on; called again after each start. */
  readonly onUrl: (url: string) => void;
}

const isPlantReply = (message: unknown): message is PlantReply =>
  typeof message === "object" && message !== null && "ready" in message;

const isAnswer = (message: unknown): message is NumberedAnswer =>
  typeof message === "object" && message !== null && "answer" in message;

/**
 * Keeps the embedded broker and simulated plant alive, in one child process that ends with us. A plant that is to play
 * another scenario is started anew: a scenario has a time, a season and a weather of its own.
 */
export class PlantSupervisor {
  #config: SessionConfig;
  readonly #hooks: PlantHooks;
  #child: ChildProcess | null = null;
  #attempt = 0;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #isClosing = false;
  /** Who waits for the plant that takes the place of this one. */
  #next: ((answer: PlantAnswer) => void) | null = null;
  readonly #asks = createAsks((message) => this.#child?.connected === true && this.#child.send(message));

  constructor(config: SessionConfig, hooks: PlantHooks) {
    this.#config = config;
    this.#hooks = hooks;
    this.#start();
  }

  ask(ask: PlantAsk): Promise<PlantAnswer> {
    return ask.t === "play" ? this.#play(ask.scenario) : this.#asks.ask(ask);
  }

  /** The child ends itself when the channel closes. */
  close(): void {
    this.#isClosing = true;
    clearTimeout(this.#restart);
    if (this.#child?.connected) this.#child.disconnect();
  }

  /** @param name a built-in scenario; null: the plant's usual life, as the session began it */
  async #play(name: string | null): Promise<PlantAnswer> {
    const file = name === null ? null : await builtInScenario(name);
    if (name !== null && file === null) return err(scenarioUnknown(name));
    // One that is being replaced already, or waits to be started again after a crash, is asked again later.
    if (this.#next || !this.#child?.connected) return err(plantStarting);
    this.#config = { ...this.#config, scenario: file === null ? null : { file, atS: 0, speed: null } };
    const answer = new Promise<PlantAnswer>((resolve) => {
      this.#next = resolve;
    });
    this.#child.disconnect();
    return answer;
  }

  #start(): void {
    const child = fork(new URL("./process.ts", import.meta.url), [], { execArgv: [] });
    this.#child = child;
    const startedMs = performance.now();
    let isAwaited = this.#next !== null;
    child.on("message", (message) => {
      if (isAnswer(message)) return this.#asks.answered(message);
      if (!isPlantReply(message)) return;
      if (message.ready) {
        this.#hooks.onUrl(message.url);
        if (isAwaited) this.#answerNext(ok([]));
        isAwaited = false;
      } else this.#hooks.log(`simulated plant: ${message.error}`);
    });
    child.on("error", (error) => this.#hooks.log(`simulated plant: ${error.message}`));
    child.on("exit", (code, signal) => {
      this.#asks.lost();
      if (this.#isClosing) return;
      if (!isAwaited && this.#next) {
        this.#attempt = 0;
        this.#start();
        return;
      }
      this.#answerNext(err(plantStarting));
      if (performance.now() - startedMs > healthyMs) this.#attempt = 0;
      const waitMs = backoffMs(this.#attempt++);
      this.#hooks.log(`simulated plant ended (${signal ?? code}); again in ${Math.round(waitMs)} ms`);
      this.#restart = setTimeout(() => this.#start(), waitMs);
    });
    child.send({ config: this.#config });
  }

  #answerNext(answer: PlantAnswer): void {
    this.#next?.(answer);
    this.#next = null;
  }
}
