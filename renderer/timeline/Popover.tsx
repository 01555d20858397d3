import { type ReactNode, useEffect, useRef } from "react";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useT } from "#renderer/ui/text.ts";

/** Marks what holds a popover and the button that opens it: a press outside of both closes it. */
export const popoverHost = "timeline-host";

/** A small window above the timeline. Esc and a press elsewhere close it; the focus goes in, and back. */
export const Popover = (props: {
  label: string;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}) => {
  const { label, onClose, children } = props;
  const t = useT();
  const self = useRef<HTMLElement>(null);
  useFocusReturn();
  useEffect(() => {
    const own = self.current!;
    if (!own.contains(document.activeElement)) own.focus();
    const onDown = (event: PointerEvent): void => {
      const host = own.closest(`.${popoverHost}`) ?? own;
      if (event.target instanceof Node && !host.contains(event.target)) onClose();
    };
    window.addEventListener("pointerdown", onDown);
    return () => window.removeEventListener("pointerdown", onDown);
  }, [onClose]);
  return (
    <section
      ref={self}
      className={`glass timeline-popover ${props.className ?? ""}`}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="panel-head">
        <h3>{label}</h3>
        <button
          type="button"
          className="icon-button"
          aria-label={t("timeline.closePopover")}
          title={t("timeline.closePopover")}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </section>
  );
};
