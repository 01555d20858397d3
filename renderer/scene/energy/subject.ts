import type { Vector3 } from "three";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { Subject } from "#renderer/stores/view.ts";
import { type Ground, groundOf, windInset } from "./yard.ts";

/** Places on the line from the eye to its target that are asked what they stand on, in parts of it. */
const asked = [0.5, 0.7, 0.85, 1, 1.2] as const;
/** So many of them make a subject. */
const enough = 2;
/** A field reaches this much further, in parts of its size: who looks over its edge looks at it. */
const beyond = 0.12;
/** From further away than this a field is a part of the campus, m. */
const farthestM = 2600;

/** What a picture is about: the field that the line of sight runs over, else the halls. */
export class SubjectFinder {
  readonly #fields: readonly (readonly [Subject, Ground])[];

  constructor(layout: Layout) {
    const fields: readonly (readonly [Subject, Ground | null])[] = [
      ["storage", groundOf(layout, "battery", 20)],
      ["solar", groundOf(layout, "pvTable", 0)],
      ["wind", windInset(layout)],
    ];
    this.#fields = fields.flatMap(([subject, ground]) => (ground ? [[subject, ground] as const] : []));
  }

  /** Called when the camera moved; allocates nothing. */
  of(eye: Vector3, target: Vector3): Subject {
    if (eye.distanceToSquared(target) > farthestM * farthestM) return "halls";
    for (let i = 0; i < this.#fields.length; i++) {
      const field = this.#fields[i]!;
      const { west, east, north, south } = field[1];
      const dx = (east - west) * beyond;
      const dz = (south - north) * beyond;
      let met = 0;
      for (let k = 0; k < asked.length; k++) {
        const x = eye.x + (target.x - eye.x) * asked[k]!;
        const z = eye.z + (target.z - eye.z) * asked[k]!;
        if (x >= west - dx && x <= east + dx && z >= north - dz && z <= south + dz) met++;
      }
      if (met >= enough) return field[0];
    }
    return "halls";
  }
}
