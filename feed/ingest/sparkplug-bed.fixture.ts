import type { FaultCode, PublisherStatus } from "#feed/contract/status.ts";
import type { SparkplugHost } from "#feed/sources/publish.ts";
import { Bindings } from "#feed/tables/bindings.ts";
import { storeOf } from "#feed/tables/campus.fixture.ts";
import { createFaults } from "#feed/tables/faults.ts";
import { publisherStatus } from "#feed/tables/publishers.ts";
import { createScenarios } from "#feed/tables/scenarios.ts";
import { sweep } from "#feed/tables/sweep.ts";
import type { SentMessage } from "#feed/wire/sparkplug.fixture.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import {
  type FreshnessName,
  freshnessNames,
  freshnessOf,
  type QualityName,
  qualityNames,
  qualityOf,
} from "#twins/model/quality.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { createCounters, type IntakeContext } from "./context.ts";
import { createRouter } from "./router.ts";
import { createSparkplugIntake } from "./sparkplug-intake.ts";
import { createUnmapped } from "./unmapped.ts";

/** What a user would see of one point. */
export interface ShownPoint {
  readonly value: number;
  readonly quality: QualityName;
  readonly freshness: FreshnessName;
}

/** A router with the Sparkplug decoder and a clock that is set by hand. */
export class SparkplugBed {
  readonly context: IntakeContext;
  readonly intake;
  readonly #router;
  nowMs: number;

  constructor(twin: Twin, nowMs: number, host?: SparkplugHost) {
    this.nowMs = nowMs;
    this.context = {
      twin,
      store: storeOf(twin),
      bindings: new Bindings(),
      faults: createFaults(() => this.nowMs),
      unmapped: createUnmapped(),
      clock: { nowMs: () => this.nowMs, follow: () => 0 },
      counters: createCounters(),
      scenarios: createScenarios(),
    };
    const traits = { isPlant: false, filler: false, wires: new Set<"sparkplug">(), host };
    this.intake = createSparkplugIntake(this.context, traits);
    this.#router = createRouter(this.context, traits, [this.intake]);
    this.#router.metadataComplete();
  }

  hear({ topic, payload }: SentMessage, retained = false): void {
    this.#router.message({ topic, payload, retained, receivedMs: this.nowMs });
  }

  /** Time passes; what ages is aged. */
  wait(ms: number): void {
    this.nowMs += ms;
    this.#router.tick(this.nowMs);
    sweep(this.context.store, this.nowMs);
  }

  connection(isOpen: boolean): void {
    this.#router.connection(isOpen);
  }

  shown(ref: AssetRef, metric: string): ShownPoint {
    sweep(this.context.store, this.nowMs);
    const table = this.context.store.tables.of(ref.className);
    const column = classSpec(ref.className).metrics.findIndex(({ id }) => id === metric);
    const cell = ref.row * table.columns + column;
    const status = table.status[cell]!;
    return {
      value: table.value[cell]!,
      quality: qualityNames[qualityOf(status)]!,
      freshness: freshnessNames[freshnessOf(status)]!,
    };
  }

  faults(): Partial<Record<FaultCode, number>> {
    return this.context.faults.byCode();
  }

  publisher(id: string): PublisherStatus["state"] | undefined {
    const publisher = this.context.store.publishers.find(id);
    return publisher && publisherStatus(publisher, this.nowMs, 0).state;
  }
}
