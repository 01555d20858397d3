/** Hands a file to the browser, which saves it where people keep their downloads, or asks. */
export const download = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
