import type { OpenAnswer } from "#feed/contract/recordings.ts";
import type { Result } from "#twins/model/result.ts";

/** What can be sent: files as a file input or a drop gives them. */
export interface Sending {
  readonly files: readonly File[];
  /** Ends it; the server then deletes what came. */
  readonly signal: AbortSignal;
  /** Called as bytes of all files go out, and once with all of them, when the server begins to read. */
  readonly onSent: (bytes: number) => void;
}

/** How long a name may be for its address: the start goes, the ending stays. */
const longestName = 100;

const brokeOff: OpenAnswer = {
  ok: false,
  error: {
    code: "log-upload",
    message: "the recording did not arrive whole",
    tip: "Open it again.",
  },
};

const isAnswer = (value: unknown): value is OpenAnswer =>
  typeof value === "object" && value !== null && "ok" in value;

/** What the server said; a refusal in other words, or none at all, is a transfer that broke off. */
const answerIn = (text: string): OpenAnswer => {
  try {
    const answer: unknown = JSON.parse(text);
    return isAnswer(answer) ? answer : brokeOff;
  } catch {
    return brokeOff;
  }
};

const ask = async (method: "POST" | "DELETE", path: string, signal?: AbortSignal): Promise<OpenAnswer> => {
  try {
    const response = await fetch(path, { method, ...(signal && { signal }) });
    return answerIn(await response.text());
  } catch {
    return brokeOff;
  }
};

/** XMLHttpRequest, for `fetch` does not tell how far a body is. */
const put = (path: string, file: File, { signal, onSent }: Omit<Sending, "files">): Promise<OpenAnswer> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => resolve(answerIn(request.responseText));
    request.onerror = () => resolve(brokeOff);
    request.onabort = () => resolve(brokeOff);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    if (signal.aborted) resolve(brokeOff);
    else request.send(file);
  });

/** Sends the files of one recording and has it opened. @returns the name of the opened recording */
export const sendRecording = async ({ files, signal, onSent }: Sending): Promise<Result<string>> => {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const begun = await ask("POST", `/recordings?bytes=${bytes}`, signal);
  if (!begun.ok) return begun;
  const upload = `/recordings/${begun.value}`;
  const sendAll = async (): Promise<OpenAnswer> => {
    let before = 0;
    for (const file of files) {
      const path = `${upload}/${encodeURIComponent(file.name.slice(-longestName).replace(/^\.+/, ""))}`;
      const sent = await put(path, file, { signal, onSent: (part) => onSent(before + part) });
      if (!sent.ok) return sent;
      before += file.size;
    }
    onSent(bytes);
    return ask("POST", upload, signal);
  };
  const opened = await sendAll();
  if (!opened.ok && signal.aborted) void ask("DELETE", upload);
  return opened;
};
