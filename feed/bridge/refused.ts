import type { Problem } from "#twins/model/result.ts";

/** A request that is refused for a reason that a person can act on: no bug, and no line in the log. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}
