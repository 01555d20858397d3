import { createCounters, type IntakeContext, type SourceTraits } from "#feed/ingest/context.ts";
import { createRouter, type Router } from "#feed/ingest/router.ts";
import { createUnmapped, type Unmapped } from "#feed/ingest/unmapped.ts";
import { Bindings } from "#feed/tables/bindings.ts";
import { storeOf } from "#feed/tables/campus.fixture.ts";
import { createFaults } from "#feed/tables/faults.ts";
import type { Publishers } from "#feed/tables/publishers.ts";
import { createScenarios, type Scenarios } from "#feed/tables/scenarios.ts";
import { sweep } from "#feed/tables/sweep.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { FuzzDecoder } from "./decoder.ts";
import type { FuzzMessage } from "./mutant.ts";

/** Where the clock of every run starts: mutants with times in them are the same on every day. */
const firstMs = Date.UTC(2026, 10, 23, 12);

interface BedOptions {
  readonly intakes?: FuzzDecoder["intakes"] | undefined;
  /** True while the broker is still handing out what it kept. */
  readonly isEarly?: boolean | undefined;
}

/** A feed's whole decoding side over one twin, with counters on what leaves no other trace. */
export class Bed {
  readonly context: IntakeContext;
  readonly router: Router;
  nowMs = firstMs;
  #noted = 0;

  constructor(twin: Twin, { intakes, isEarly }: BedOptions = {}) {
    const store = storeOf(twin);
    const clock = { nowMs: () => this.nowMs, follow: () => 0 };
    this.context = {
      twin,
      clock,
      store: { ...store, publishers: this.#counting(store.publishers) },
      bindings: new Bindings(),
      faults: createFaults(clock.nowMs),
      unmapped: this.#listing(createUnmapped()),
      counters: createCounters(),
      scenarios: this.#noting(createScenarios()),
    };
    const traits: SourceTraits = { isPlant: false, filler: false, wires: new Set() };
    this.router = createRouter(this.context, traits, intakes?.(this.context, traits) ?? []);
    this.router.connection(true);
    if (!isEarly) this.router.metadataComplete();
  }

  send({ topic, payload, retained }: FuzzMessage): void {
    this.router.message({ topic, payload, retained, receivedMs: this.nowMs });
  }

  /** Grows with every message that was taken, refused or listed. */
  get traces(): number {
    const { counters, faults } = this.context;
    const drops = [...counters.drops.values()].reduce((sum, count) => sum + count, 0);
    return this.#noted + counters.points + counters.metadataReceived + faults.total + drops;
  }

  /** A second passes, as in the feed. */
  second(): void {
    this.router.tick(this.nowMs);
    sweep(this.context.store, this.nowMs);
  }

  #counting(publishers: Publishers): Publishers {
    const noting = <A extends readonly unknown[], R>(call: (...args: A) => R) => {
      return (...args: A): R => {
        this.#noted++;
        return call(...args);
      };
    };
    return {
      ...publishers,
      declare: noting(publishers.declare),
      beat: noting(publishers.beat),
      heartbeat: noting(publishers.heartbeat),
    };
  }

  #noting(scenarios: Scenarios): Scenarios {
    return {
      get shown() {
        return scenarios.shown;
      },
      put: (scenario) => {
        this.#noted++;
        return scenarios.put(scenario);
      },
      remove: (publisher) => {
        this.#noted++;
        return scenarios.remove(publisher);
      },
    };
  }

  #listing(unmapped: Unmapped): Unmapped {
    const noteIf = (isKnown: boolean): boolean => {
      if (isKnown) this.#noted++;
      return isKnown;
    };
    return {
      ...unmapped,
      get total() {
        return unmapped.total;
      },
      again: (topic, nowMs) => noteIf(unmapped.again(topic, nowMs)),
    };
  }
}
