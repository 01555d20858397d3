/** Kinds that are never a recording; .mcap has no kind that browsers know. */
const otherKinds = /^(text|image|video|audio|font)\/|^application\/(pdf|json|zip|xml)/;

/** What is dragged, as far as a browser tells before it is dropped: kinds, no names. */
export type Dragged = "none" | "other" | "recording";

/** Whether what is dragged may be a recording; "none" where it is no file at all. */
export const draggedIn = (transfer: Pick<DataTransfer, "types" | "items"> | null): Dragged => {
  if (!transfer?.types.includes("Files")) return "none";
  const kinds = [...transfer.items].filter(({ kind }) => kind === "file").map(({ type }) => type);
  return kinds.length > 0 && kinds.every((kind) => otherKinds.test(kind)) ? "other" : "recording";
};
