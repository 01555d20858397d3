/** Walking through a room, and what is said of a rack's devices. */
export const enWalk = {
  "walk.start": "Walk",
  "walk.tip": "Walk through this room on foot (G)",
  "walk.none": "Look into a room first: then it can be walked through (G)",
  "walk.keys": "W A S D walk · drag to look around · Shift hurry · Esc leave",
  "slots.title": "Height units (illustrative)",
  "slots.note":
    "The twin lists no servers: devices of usual sizes are set in until their usual powers reach the rack's rating. The bar, strips and ticks bear the rack's own value; nothing is measured per device.",
  "slots.empty": "This position holds no devices.",
  "slots.line": "{count} × {height} U",
  "slots.servers": "Servers",
  "slots.switches": "Switches",
  "slots.power": "Power shelf",
  "slots.free": "Blank",
  "slots.units": "{used} of {all} U",
} as const;
