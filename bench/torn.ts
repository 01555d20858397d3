import { tear } from "#feed/log/torn.fixture.ts";

/**
 * Damages 1,000 copies of a recording by a cut, and 1,000 by flipped bits: each has to open with what is whole, or say why
 * not. Ends with an error at the first that does anything else.
 */
export const run = (cuts = 1000, flips = 1000) => tear({ cuts, flips }, 1);

if (import.meta.main) console.log(JSON.stringify(await run()));
