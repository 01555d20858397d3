/**
 * What one request to a language model costs, derived. Every factor is an assumption that is shown beside the result,
 * but the PUE, which is the campus's own of this moment.
 */
export interface InferenceCase {
  /** Tokens that come out for one request: assumed. */
  readonly tokens: number;
}

/**
 * Energy at the servers for one request: 0.3 Wh with about 500 tokens out, an outside estimate for a large model
 * (Epoch AI, "How much energy does ChatGPT use?", 2025-02-07). Taken in proportion to tokens: our assumption.
 */
export const energyEstimate = { wh: 0.3, tokens: 500, source: "Epoch AI", date: "2025-02-07" } as const;

/** Cases told in the article: a question to an office model, and the reading of one laboratory report. Tokens are ours. */
export const cases = {
  bonc: { tokens: 500 },
  report: { tokens: 1500 },
} as const satisfies Readonly<Record<string, InferenceCase>>;

/** The article's own factor, kg/kWh = g/Wh: 635,000 t a year over 760 GWh a year (both published). A fossil factor, not a grid's. */
export const fossilFactor = 635_000_000 / 760_000_000;

export interface InferenceCost {
  /** At the servers, Wh. */
  readonly itWh: number;
  /** With cooling and losses, Wh; null while the campus's PUE is not known. */
  readonly facilityWh: number | null;
  /** g CO₂; null as above. */
  readonly grams: number | null;
}

/** @param pue of the campus now, null while unknown. @param gramsPerWh emission factor of the electricity. */
export const costOf = (
  { tokens }: InferenceCase,
  { pue, gramsPerWh }: { readonly pue: number | null; readonly gramsPerWh: number },
): InferenceCost => {
  const itWh = (energyEstimate.wh * tokens) / energyEstimate.tokens;
  const facilityWh = pue === null ? null : itWh * pue;
  return { itWh, facilityWh, grams: facilityWh === null ? null : facilityWh * gramsPerWh };
};
