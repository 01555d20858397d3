import type { FaultCode } from "#feed/contract/status.ts";

/** How much one fault of a code harms whoever trusts the point (docs/DATA-QUALITY.md, "Worst first"). */
export const harm: Readonly<Record<FaultCode, number>> = {
  // What is shown is wrong, and looks right.
  frozen: 100,
  "unit-conflict": 100,
  "counter-reset": 50,
  // Nothing can be shown.
  gap: 5,
  "value-range": 5,
  "time-past": 5,
  "time-future": 5,
  "value-type": 3,
  "value-not-finite": 3,
  "payload-malformed": 3,
  "payload-too-large": 3,
  "state-unknown": 3,
  "field-missing": 3,
  "metadata-invalid": 3,
  "alias-unknown": 3,
  "birth-missing": 3,
  "session-mismatch": 3,
  "quality-bad": 2,
  "value-null": 2,
  "sequence-gap": 2,
  // Something is shown, with a doubt.
  "time-missing": 1,
  "metadata-missing": 1,
  "counter-wrap": 1,
  "point-unmapped": 1,
  "topic-unknown": 1,
  "derived-refused": 1,
  "scenario-refused": 1,
  "type-unsupported": 1,
  bounds: 1,
  // What is shown is right.
  "out-of-order": 0.2,
  duplicate: 0.1,
  historical: 0,
};

/** Of every value that did not come. */
export const harmOfMissing = 1;
