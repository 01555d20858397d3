import { describe, expect, test } from "vitest";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { faultCampus } from "./campus.fixture.ts";
import { faultAt, faultKinds } from "./catalogue.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { FaultOrder } from "./order.ts";
import { type Change, type Spread, spreads } from "./spread.fixture.ts";
import { figureOf } from "#twins/scenario/figures.ts";
