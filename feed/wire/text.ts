/** Longest text of the wire that is kept: of a topic, an id, a reason. */
const keptChars = 512;
const shownChars = 80;

/**
 * Text as it may be kept for hours: itself, or its beginning as a copy of its own. A slice would hold on to the whole
 * text it was cut from, of up to 64 KiB a topic and 4 MiB a payload.
 */
export const keptText = (text: string): string =>
  text.length <= keptChars ? text : Buffer.from(`${text.slice(0, keptChars - 1)}…`).toString();

/** A JSON value as a message to people shows it: short, however long or deeply nested it is. */
export const shownValue = (value: unknown): string => {
  if (typeof value === "string")
    return JSON.stringify(value.length <= shownChars ? value : `${value.slice(0, shownChars)}…`);
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? "a list" : "an object";
};
