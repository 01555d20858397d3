import {
  type BufferGeometry,
  Group,
  type InstancedBufferGeometry,
  type Mesh,
  type ShaderMaterial,
} from "three";
import type { CampusState, ClassState } from "#renderer/data/state.ts";
import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { airUnits, cabinets, outdoors, roofUnits, towers } from "./cooling.ts";
import { chiller, closedTower, evaporativeUnit, openTower, pump, roofUnit } from "./coolingKits.ts";
import { crowd, type Member } from "./crowd.ts";
import { Fans, single } from "./fans.ts";
import { boxPart, Part, roundParts } from "./partKits.ts";
import { pipes, pumpsOf } from "./pipes.ts";
import { plantMaterial } from "./plantMaterial.ts";
import { cabinet, generator, transformer, yardBay } from "./powerKits.ts";
import { shellParts, siteParts } from "./roof.ts";
import { Vapour } from "./vapour.ts";
import { weatherMast } from "./weatherKit.ts";
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
/** Dashes along pipes with all pumps at full speed, m/s, about what water does there. */
const flowSpeed = 2.4;

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
  readonly #flow: Fans;
  readonly #vapour: Vapour;
  /** When the last frame was and when telemetry was looked at, ms: in an array, for a field would allocate each frame. */
  readonly #times = Float64Array.of(Number.NaN, Number.NaN);
  #version = -1;
  #isPassing = false;
  /** The clock has just begun: what is told now is shown at once. */
  #isFresh = true;
  readonly #state: CampusState;
  readonly #towers: ClassState;
  readonly #units: ClassState;
  readonly #pumps: ClassState;
  readonly #weather: ClassState;

  constructor({ layout, state, sky, open }: PlantParts) {
    this.#state = state;
    this.#towers = state.of("coolingTower");
    this.#units = state.of("crah");
    this.#pumps = state.of("pump");
    this.#weather = state.of("weatherStation");
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
    draw([weatherMast()], outdoors(layout, "weatherStation"), still);
    draw([yardBay()], yardBays(layout), still);
    const [run, others] = [
      pipes(layout),
      [...shellParts(layout), ...siteParts(layout), ...yardParts(layout)],
    ];
    const isBox = ({ kit }: Member): boolean => kit === Part.box;
    const flowing = run.filter((part) => !isBox(part));
    draw(
      [boxPart()],
      [...run, ...others].filter(isBox).map((part) => ({ ...part, kit: 0 })),
      still,
    );
    const roundMesh = draw(roundParts(), [...flowing, ...others.filter((part) => !isBox(part))], live);
    this.#vapour = new Vapour(state, tower.members, { sky, open, clock: this.#clock });
    this.root.add(this.#vapour.mesh);
    this.casters.push(...tower.members, ...unit.members, ...machines);
    this.#towerFans = new Fans(towerMesh.geometry, {
      spans: single(tower.rows),
      column: metricIndex("coolingTower", "fanSpeed"),
      fullSpeed: towerSpeed,
    });
    this.#flow = new Fans(roundMesh.geometry, {
      spans: pumpsOf(layout, flowing),
      column: metricIndex("pump", "speed"),
      fullSpeed: flowSpeed,
    });
    this.#unitFans = new Fans(unitMesh.geometry, {
      spans: single(unit.rows),
      column: metricIndex("crah", "fanSpeed"),
      fullSpeed: unitSpeed,
    });
  }

  /** True while fans turn and vapour rises, so that the picture wants another frame. */
  get turning(): boolean {
    return this.#isPassing && (this.#towerFans.turning || this.#unitFans.turning || this.#flow.turning);
  }

  /**
   * Lets fans turn for as long as site time goes on; frozen or paused, they stand. After a jump of the clock they start
   * from angles of their own, so that a frozen picture is the same every time.
   */
  frame(): void {
    const nowMs = this.#state.nowMs();
    const times = this.#times;
    const passedMs = nowMs - times[0]!;
    times[0] = nowMs;
    this.#isPassing = passedMs > 0 && passedMs <= jumpMs;
    const { uSeconds } = this.#clock;
    if (!(passedMs >= 0 && passedMs <= jumpMs) || uSeconds.value > clockSeconds) this.#restart();
    if (this.#isPassing) uSeconds.value += Math.min(passedMs, longestTurnMs) / 1000;
    const version = this.#towers.version + this.#units.version + this.#pumps.version + this.#weather.version;
    if (version === this.#version || (this.#isPassing && Math.abs(nowMs - times[1]!) < sampleMs)) return;
    this.#version = version;
    times[1] = nowMs;
    this.#sample(uSeconds.value);
  }

  #sample(seconds: number): void {
    this.#towerFans.sample(this.#towers, seconds);
    this.#unitFans.sample(this.#units, seconds);
    this.#flow.sample(this.#pumps, seconds);
    this.#vapour.sample(seconds, this.#isFresh);
    this.#isFresh = false;
  }

  #restart(): void {
    this.#clock.uSeconds.value = 0;
    this.#version = -1;
    this.#isFresh = true;
    this.#towerFans.restart();
    this.#unitFans.restart();
    this.#flow.restart();
  }
}
