import { type AliasFile, withAliases } from "#feed/alias-files.ts";
import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { TwinEdit } from "#feed/contract/bridge.ts";
import type { EditProblem } from "#feed/contract/edit.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import type { Incoming } from "#feed/ingest/context.ts";
import { type AnnouncedEdit, announceTwin } from "#twins/announced/announced.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";
import { type AnnouncementReader, createAnnouncements, type KeptMessage } from "./announcements.ts";
import { mergeEdits, refuseEdited, refuseEdits } from "./edits.ts";
import { createHeld } from "./held.ts";
import { createPace } from "./pace.ts";
import type { SavedTwin } from "./saved-twin.ts";

/** A twin to put in the place of the present one, and what its decoders have to hear again. */
export interface Succession {
  readonly twin: Twin;
  readonly files: TwinFiles;
  /** What was announced, in the order it came. */
  readonly announced: readonly KeptMessage[];
  /** What came since there was news, in the order it came. */
  readonly since: readonly KeptMessage[];
  /** Nothing of it was decoded before. */
  readonly isFirst: boolean;
}

/** The feed, as far as an announced campus needs it. */
export interface AnnouncedHost {
  /** The twin in use. */
  twin(): Twin;
  replace(next: Succession): void;
  /** Every broker that answers has sent what it kept. */
  isKeptComplete(): boolean;
  /** Counts a message that found no room before the campus was there. */
  drop(message: Incoming): void;
  log(line: string): void;
}

export interface AnnouncedOptions {
  readonly readers: readonly AnnouncementReader[];
  /** Edits of before: of the saved twin, or of a worker that crashed. */
  readonly edits: readonly AnnouncedEdit[];
  readonly saved: SavedTwin | null;
  /** Plant names for assets, beside those that were announced. */
  readonly aliases: readonly AliasFile[];
  readonly onEdits: (edits: readonly AnnouncedEdit[]) => void;
}

/** Lays out a campus from what plants say of themselves, and again when they say more (docs/ANNOUNCED.md). */
export interface AnnouncedCampus {
  /** Listens to a message before it is decoded; true when it has to wait, because there is no campus yet. */
  hear(source: number, message: Incoming, isBound: (topic: string) => boolean): boolean;
  /** Lays out what is due; called a few times a second. */
  tick(): void;
  readonly progress: NonNullable<FeedStatus["announced"]>;
  /** @throws RefusedRequest with the problem when an edit cannot be. */
  edit(changes: readonly TwinEdit[]): void;
  /** @throws RefusedRequest with the problem when it cannot be saved. */
  save(): Promise<{ directory: string; files: number }>;
}

/** The campus before anybody announced anything: a site without assets. */
export const emptyAnnounced = (): { readonly twin: Twin; readonly files: TwinFiles } => {
  const files = announceTwin([], []);
  return { twin: loadTwin(files), files };
};

const nowhere: EditProblem = {
  code: "save-nowhere",
  message: "no place to save to was given",
  tip: "Start with --save-twin DIR.",
};
const nothing: EditProblem = {
  code: "save-nothing",
  message: "nothing is announced yet",
  tip: "Save when the campus is laid out.",
};

const inOrder = (messages: readonly KeptMessage[]): readonly KeptMessage[] =>
  messages.toSorted((a, b) => a.arrival - b.arrival);

export const createAnnouncedCampus = (host: AnnouncedHost, options: AnnouncedOptions): AnnouncedCampus => {
  let arrivals = 0;
  const nextArrival = (): number => ++arrivals;
  const announcements = createAnnouncements(options.readers, nextArrival);
  const held = createHeld(nextArrival);
  const pace = createPace();
  let edits = options.edits;
  let isLaidOut = false;

  /** Says how long it took: a campus of half a million points takes seconds, and whoever watches us must hear of us. */
  const timed = <T>(what: string, run: () => T): T => {
    const startMs = performance.now();
    const result = run();
    host.log(
      `announced campus: ${announcements.points} points ${what} in ${Math.round(performance.now() - startMs)} ms`,
    );
    return result;
  };

  const lay = (by: readonly AnnouncedEdit[]): { readonly files: TwinFiles; readonly twin: Twin } =>
    timed("laid out", () => {
      const files = announceTwin(announcements.all(), by);
      return { files, twin: withAliases(loadTwin(files), options.aliases) };
    });

  const succeed = (twin: Twin, files: TwinFiles): void => {
    const announced = announcements.kept();
    const since = held.drain();
    // Before the first campus nothing was decoded at all: births and data are heard in the order they came.
    const isFirst = !isLaidOut;
    isLaidOut = true;
    timed("decoded", () =>
      host.replace({
        twin,
        files,
        announced: isFirst ? [] : inOrder(announced),
        since: inOrder(isFirst ? [...announced, ...since] : since),
        isFirst,
      }),
    );
    pace.built(announcements.version, performance.now());
  };

  const layOut = (): void => {
    const { files, twin } = lay(edits);
    // What is new may be of no asset that can be placed. The first time, what waits is let through all the same.
    if (isLaidOut && twin.epoch === host.twin().epoch) {
      held.drain();
      pace.built(announcements.version, performance.now());
      return;
    }
    succeed(twin, files);
  };

  return {
    hear: (source, message, isBound) => {
      if (announcements.take(source, message)) {
        pace.heard(announcements.version, performance.now());
        return !isLaidOut;
      }
      if (!isLaidOut) {
        if (!held.hold(source, message)) host.drop(message);
        return true;
      }
      // A newcomer's values would be lost: decoded now, they have no place yet.
      if (pace.isBehind && !isBound(message.topic)) held.hold(source, message);
      return false;
    },
    tick: () => {
      if (announcements.points > 0 && pace.isDue(performance.now(), host.isKeptComplete())) layOut();
    },
    get progress() {
      return { points: announcements.points, beyond: announcements.beyond, isLaidOut };
    },
    edit: (changes) => {
      const refusal = refuseEdits(host.twin(), changes);
      if (refusal) throw new RefusedRequest(refusal);
      const next = mergeEdits(edits, changes);
      const { files, twin } = lay(next);
      const problem = refuseEdited(host.twin(), twin, changes);
      if (problem) throw new RefusedRequest(problem);
      edits = next;
      options.onEdits(edits);
      succeed(twin, files);
    },
    save: async () => {
      if (!options.saved) throw new RefusedRequest(nowhere);
      if (!isLaidOut) throw new RefusedRequest(nothing);
      const written = await options.saved.write(announceTwin(announcements.all(), edits), edits);
      if (!written.ok) throw new RefusedRequest(written.error);
      return written.value;
    },
  };
};
