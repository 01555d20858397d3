import { useCallback, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import { sendRecording } from "#renderer/host/sendRecording.ts";
import { recordingAddress } from "#renderer/host/socket.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { OpeningCard } from "./OpeningCard.tsx";
import { createOpening } from "./opening.ts";
import { useDrop } from "./useDrop.ts";

/**
 * Opens a recording from the page, chosen or dropped: it is sent to the product and shown by itself, in place of this page,
 * which is one step back. Beside it the way back, where this page shows such a recording.
 */
export const OpenRecording = () => {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [opening] = useState(() =>
    createOpening({
      send: sendRecording,
      go: (name) => location.assign(recordingAddress(name)),
      monotonicMs: () => performance.now(),
    }),
  );
  const state = useStore(opening.store);
  const dragged = useDrop(useCallback((files) => void opening.open(files), [opening]));
  const choose = useCallback(() => input.current?.click(), []);
  useEffect(() => opening.cancel, [opening]);
  return (
    <div className="recordings">
      <BackLink />
      <button
        type="button"
        className="recordings-open"
        aria-label={t("open.button")}
        title={t("open.buttonTip")}
        onClick={choose}
      >
        <Icon name="folder" />
        <span>{t("open.button")}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept=".mcap"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          void opening.open([...(currentTarget.files ?? [])]);
          currentTarget.value = ""; // the same file may be chosen again
        }}
      />
      {createPortal(
        <>
          {state.phase !== "idle" && (
            <OpeningCard state={state} onCancel={opening.cancel} onChoose={choose} />
          )}
          {dragged !== "none" && <DropVeil isRecording={dragged === "recording"} />}
        </>,
        document.body,
      )}
    </div>
  );
};

/** From a recording that was opened to what the product was started with. */
const BackLink = () => {
  const t = useT();
  const { openedBeside } = useServices().session;
  if (!openedBeside) return null;
  return (
    <a className="recordings-back" href="/">
      <Icon name="back" />
      {t(openedBeside === "live" ? "open.backLive" : "open.backLog")}
    </a>
  );
};

const DropVeil = ({ isRecording }: { isRecording: boolean }) => {
  const t = useT();
  return (
    <div className="drop-veil" data-other={!isRecording || undefined}>
      <div className="glass drop-say" role="status">
        <Icon name={isRecording ? "folder" : "close"} size={32} />
        <b>{t(isRecording ? "open.drop" : "open.dropOther")}</b>
        <span>{t(isRecording ? "open.dropWhat" : "open.dropOtherWhat")}</span>
      </div>
    </div>
  );
};
