/** Campus that announces itself: waiting for it, changing it, saving it. */
export const enAnnounced = {
  "announced.waiting": "Waiting for announcements: {points} points so far",
  "announced.waitingWhat":
    "This campus is laid out from what the plant says of itself: DSX metadata or Sparkplug births.",
  "announced.waitingDo":
    "If nothing comes, check that the broker has kept metadata, and that its access list lets us read it. Births come when a node starts, or when it is asked for one (--allow-publish).",
  "announced.nothing": "{points} points are announced, and none can be placed",
  "announced.nothingWhat": "None of them is of a class that is known here. Nothing is guessed.",
  "announced.nothingDo": "The list of unmapped points, below, says why for each of them.",
  "announced.beyond": "{points} announced points found no room and are not laid out.",
  "unmapped.noMatch": "None of them has “{text}” in its topic or reason.",
  "unmapped.first": "The first {shown} are shown; a search finds the others.",
  "edit.title": "Edit",
  "edit.nameZh": "Name, Chinese",
  "edit.nameEn": "Name, English",
  "edit.east": "East, m",
  "edit.north": "North, m",
  "edit.yaw": "Clockwise from north, °",
  "edit.placeTip": "Measured from the centre of {parent}.",
  "edit.apply": "Apply",
  "edit.applying": "Applying…",
  "edit.unchanged": "Nothing is changed yet.",
  "edit.badNumber": "{field} is no number from {low} to {high}.",
  "edit.refused": "Not applied.",
  "edit.lost": "The feed was out of reach. Try again.",
  "save.title": "Twin directory",
  "save.what":
    "Names and places of the campus as files. They are taken up again when the product is started with the same directory.",
  "save.do": "Save twin directory",
  "save.saving": "Saving…",
  "save.done": "{files} files saved to",
  "save.refused": "Not saved.",
} as const;
