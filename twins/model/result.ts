/**
 * An expected outcome: a value, or an error a person can act on.
 * A bug throws instead; a data fault is counted beside its point instead.
 */
export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * What went wrong, where, and what to do. `code` maps to zh-CN and en text in the renderer's dictionaries;
 * `message` is the English sentence for logs and the command line.
 */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly tip: string;
  /** File the problem is in, relative to the twin directory, if any. */
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** Asset id concerned, if any. */
  readonly asset?: string;
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
