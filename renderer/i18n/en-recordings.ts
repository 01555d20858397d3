/** English texts of opening a recording from the page. */
export const enRecordings = {
  "open.button": "Open recording",
  "open.buttonTip": "Open a recording: .mcap files of this product, or drop them on the window",
  "open.label": "Opening a recording",
  "open.sending": "Copying {name}",
  "open.sendingMore": "Copying {name} and {more} more",
  "open.progress": "{share} of {size}",
  "open.reading": "Reading {name}",
  "open.readingMore": "Reading {name} and {more} more",
  "open.readingWhat": "A long recording takes a moment.",
  "open.stays": "This page stays as it is until the recording can be shown.",
  "open.cancel": "Cancel",
  "open.refused": "The recording was not opened",
  "open.where": "File: {file}",
  "open.choose": "Choose others…",
  "open.close": "Close",
  "open.drop": "Drop to open the recording",
  "open.dropWhat":
    "It is shown by itself; the present goes on, and is one step back. Several files of one recording may be dropped together.",
  "open.dropOther": "This is no recording",
  "open.dropOtherWhat": "Only .mcap files that this product recorded are opened here.",
  "open.backLive": "Back to live",
  "open.backLog": "Back to the first recording",
  "open.goneTitle": "This recording is no longer open",
  "open.goneWhat":
    "Only four are kept open at a time, and none when the product starts again. Open its file again from there.",
  "open.goneBack": "Go to what the product was started with",
} as const;
