import {
  type BufferGeometry,
  Group,
  type InstancedBufferGeometry,
  type Mesh,
  type ShaderMaterial,
} from "three";
import type { CampusState } from "#renderer/data/state.ts";
import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { airUnits, cabinets, outdoors, roofUnits, towers } from "./cooling.ts";
import { chiller, closedTower, evaporativeUnit, openTower, pump, roofUnit } from "./coolingKits.ts";
import { crowd, type Member } from "./crowd.ts";
import { Fans } from "./fans.ts";
import { boxPart, Part, roundParts } from "./partKits.ts";
import { pipes } from "./pipes.ts";
import { plantMaterial } from "./plantMaterial.ts";
import { cabinet, generator, transformer, yardBay } from "./powerKits.ts";
import { shellParts } from "./roof.ts";
import { yardBays, yardParts } from "./yards.ts";

/** Telemetry is looked at this often at most, ms. */
const sampleMs = 250;
/** The fan clock begins anew after this, so that its seconds stay exact in 32 bits, and when site time jumps. */
const clockSeconds = 1_800;
/** A larger step of site time is a jump, not time going by. */
const jumpMs = 5_000;
/** Fans never turn further than this in one frame: in a fast replay they go on, not spin up. */
const longestTurnMs = 50;
/** Large fans at full speed, rad/s as drawn: slower than real ones, so that a picture does not stand still by aliasing. */
const [towerSpeed, unitSpeed] = [9, 12];

interface PlantParts {
  readonly layout: Layout;
  readonly state: CampusState;
  readonly sky: SkyUniforms;
  readonly open: OpenUniforms;
}

/** Cooling and power plant outdoors: a handful of draws, whatever the number of buildings. */
export class Plant {
  readonly root = new Group();
  /** Boxes that throw a shadow. */
  readonly casters: Placed[] = [];
  readonly #clock = { uSeconds: { value: 0 } };
  readonly #towerFans: Fans;
  readonly #unitFans: Fans;
  #shownMs = Number.NaN;
  #sampledMs = Number.NaN;
  #version = -1;
  #isPassing = false;
  readonly #state: CampusState;

  constructor({ layout, state, sky, open }: PlantParts) {
    this.#state = state;
    const still = plantMaterial(sky, open);
    const live = plantMaterial(sky, open, this.#clock);
    const draw = (
      kits: readonly BufferGeometry[],
      members: readonly Member[],
      material: ShaderMaterial,
    ): Mesh<InstancedBufferGeometry> => {
      const mesh = crowd(kits, members, material);
      this.root.add(mesh);
      return mesh;
    };
    const [tower, unit, roofs] = [towers(layout), airUnits(layout), roofUnits(layout)];
    const towerMesh = draw([openTower(), closedTower()], tower.members, live);
    const unitMesh = draw([evaporativeUnit()], unit.members, live);
    draw([roofUnit()], roofs, still);
    const [chillers, pumps] = [outdoors(layout, "chiller"), outdoors(layout, "pump")];
    const [sets, transformers] = [outdoors(layout, "generator"), outdoors(layout, "transformer")];
    const machines = [...chillers, ...pumps, ...sets, ...transformers, ...roofs];
    draw([chiller()], chillers, still);
    draw([pump()], pumps, still);
    draw([generator()], sets, still);
    draw([transformer(), cabinet()], [...transformers, ...cabinets(layout)], still);
    draw([yardBay()], yardBays(layout), still);
    const parts = [...pipes(layout), ...shellParts(layout), ...yardParts(layout)];
    draw(
      [boxPart()],
      parts.filter((part) => part.kit === Part.box),
      still,
    );
    draw(
      roundParts(),
      parts.filter((part) => part.kit !== Part.box),
      still,
    );
    this.casters.push(...tower.members, ...unit.members, ...machines);
    this.#towerFans = new Fans(towerMesh.geometry, {
      rows: tower.rows,
      column: metricIndex("coolingTower", "fanSpeed"),
      fullSpeed: towerSpeed,
    });
    this.#unitFans = new Fans(unitMesh.geometry, {
      rows: unit.rows,
      column: metricIndex("crah", "fanSpeed"),
      fullSpeed: unitSpeed,
    });
  }

  /** True while fans turn, so that the picture wants another frame. */
  get turning(): boolean {
    return this.#isPassing && (this.#towerFans.turning || this.#unitFans.turning);
  }

  /**
   * Lets fans turn for as long as site time goes on; frozen or paused, they stand. After a jump of the clock they start
   * from angles of their own, so that a frozen picture is the same every time.
   */
  frame(): void {
    const nowMs = this.#state.nowMs();
    const passedMs = nowMs - this.#shownMs;
    this.#shownMs = nowMs;
    this.#isPassing = passedMs > 0 && passedMs <= jumpMs;
    const { uSeconds } = this.#clock;
    if (!(passedMs >= 0 && passedMs <= jumpMs) || uSeconds.value > clockSeconds) this.#restart();
    uSeconds.value += this.#isPassing ? Math.min(passedMs, longestTurnMs) / 1000 : 0;
    this.#sample(nowMs);
  }

  #sample(nowMs: number): void {
    const [towerState, unitState] = [this.#state.of("coolingTower"), this.#state.of("crah")];
    const version = towerState.version + unitState.version;
    if (version === this.#version || (this.#isPassing && Math.abs(nowMs - this.#sampledMs) < sampleMs))
      return;
    this.#version = version;
    this.#sampledMs = nowMs;
    this.#towerFans.sample(towerState, this.#clock.uSeconds.value);
    this.#unitFans.sample(unitState, this.#clock.uSeconds.value);
  }

  #restart(): void {
    this.#clock.uSeconds.value = 0;
    this.#version = -1;
    this.#towerFans.restart();
    this.#unitFans.restart();
  }
}
