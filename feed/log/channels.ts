import type { Channel, Schema } from "@mcap/core";
import type { ClassLayout } from "./layout.ts";

/** Version of what is inside a file; a reader refuses a newer one (docs/LOG-FORMAT.md). */
export const formatVersion = 1;
/** Name of the metadata record that says so. */
export const metadataName = "horinger";
/** Attachments. */
export const twinAttachment = "twin.json";
export const indexAttachment = "seek-index";

const schemaIds = { state: 1, event: 2, quality: 3 } as const;
/** Channels that are there once; those of classes follow. */
export const channelIds = { event: 1, quality: 2, firstClass: 16 } as const;

export const keyChannel = (layout: ClassLayout): number => channelIds.firstClass + layout.index * 2;
export const deltaChannel = (layout: ClassLayout): number => keyChannel(layout) + 1;

const stateText = `Little endian. Full text: docs/LOG-FORMAT.md of Horinger Twin.
message: u8 kind (1 key, 2 delta), u8 0, u16 columns, u32 rows, f64 time (ms UTC), u32 sections, sections
section: u32 bytes, u32 first row, u32 rows, columns x u32 segment bytes (0: none), segments in column order
segment: u8 form (bits 0-1 touched, 2-3 changed: 0 all, 1 bitmap, 2 gaps, 3 none; bit 4 bit-exact),
 touched places, ints sample - time, ints received - sample, ints status, changed places, differences
places: all: nothing; bitmap: bits, low first; gaps: varint count, ints; none: nothing
ints: u8 mode (bits 0-2: 0..4 width in bytes, 5 eight bytes, 6 varints, 7 runs; bit 3: offset 0 is none)
differences: ints, steps from the value before (of a key: from 0); bit-exact: f32 or f64 values
value = steps x resolution of the column; none in sample or received: as before (key: never); in differences: no number
`;

const jsonSchema = (title: string, description: string): string =>
  JSON.stringify({ title, description, type: "object" });

const text = new TextEncoder();

/** What the messages are, for outside tools. */
export const schemas: readonly Schema[] = [
  {
    id: schemaIds.state,
    name: "horinger.State",
    encoding: "x-horinger-columns",
    data: text.encode(stateText),
  },
  {
    id: schemaIds.event,
    name: "horinger.Event",
    encoding: "jsonschema",
    data: text.encode(
      jsonSchema("Event", "Something that happened, at the message's time: code, and what it tells"),
    ),
  },
  {
    id: schemaIds.quality,
    name: "horinger.Quality",
    encoding: "jsonschema",
    data: text.encode(jsonSchema("Quality", "Running totals: what was dropped, doubted or lost, by reason")),
  },
];

/** All channels of a file. A class's layout stands in its channels' metadata. */
export const channelsOf = (layouts: readonly ClassLayout[]): readonly Channel[] => {
  const json = (id: number, schemaId: number, topic: string): Channel => ({
    id,
    schemaId,
    topic,
    messageEncoding: "json",
    metadata: new Map(),
  });
  const state = (id: number, topic: string, layout: ClassLayout): Channel => ({
    id,
    schemaId: schemaIds.state,
    topic,
    messageEncoding: "x-horinger-columns",
    metadata: new Map([["layout", JSON.stringify(layout)]]),
  });
  return [
    json(channelIds.event, schemaIds.event, "event"),
    json(channelIds.quality, schemaIds.quality, "quality"),
    ...layouts.flatMap((layout) => [
      state(keyChannel(layout), `state/key/${layout.name}`, layout),
      state(deltaChannel(layout), `state/delta/${layout.name}`, layout),
    ]),
  ];
};
