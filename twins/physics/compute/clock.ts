import type { Moment } from "#twins/physics/moment.ts";

/** What jobs know of the moment. */
export type JobClock = Pick<Moment, "seconds" | "stepSeconds" | "hour" | "day">;
