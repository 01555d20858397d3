import { readAliasFiles } from "#feed/alias-files.ts";
import type { SessionConfig } from "#feed/contract/config.ts";
import type { AnnouncedEdit } from "#twins/announced/announced.ts";
import type { AnnouncedOptions } from "./announced-campus.ts";
import { createBirthAnnouncements } from "./birth-announcement.ts";
import { bulkAnnouncements } from "./bulk-announcement.ts";
import { dsxAnnouncements } from "./dsx-announcement.ts";
import { createSavedTwin } from "./saved-twin.ts";

/**
 * What an announced campus starts with: the edits of a worker that crashed, else those of the directory it was saved to.
 * A directory that is not ours is told now; nothing will be saved into it.
 */
export const openAnnounced = async (
  { saveDirectory, aliasFiles }: Pick<SessionConfig, "saveDirectory" | "aliasFiles">,
  {
    edits,
    onEdits,
    log,
  }: {
    readonly edits: readonly AnnouncedEdit[] | null;
    readonly onEdits: AnnouncedOptions["onEdits"];
    readonly log: (line: string) => void;
  },
): Promise<AnnouncedOptions> => {
  const saved = saveDirectory === null ? null : createSavedTwin(saveDirectory);
  const found = edits === null && saved ? await saved.read() : null;
  if (found && !found.ok) log(`announced campus: ${found.error.message}`);
  const taken = edits ?? (found?.ok ? found.value : []);
  return {
    readers: [dsxAnnouncements, bulkAnnouncements, createBirthAnnouncements()],
    edits: taken,
    saved,
    aliases: await readAliasFiles(aliasFiles),
    onEdits,
  };
};
