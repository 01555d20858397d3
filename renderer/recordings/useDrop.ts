import { useEffect, useState } from "react";
import { type Dragged, draggedIn } from "./drag.ts";

/** What is dragged over the window now. Files that are dropped on it are handed on; none ever replaces the page. */
export const useDrop = (onFiles: (files: readonly File[]) => void): Dragged => {
  const [dragged, setDragged] = useState<Dragged>("none");
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      const now = draggedIn(event.dataTransfer);
      if (now === "none") return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = now === "recording" ? "copy" : "none";
      setDragged(now);
    };
    // Between two elements of the page it leaves one for the other; only out of the window it leaves for nothing.
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragged("none");
    };
    const onDrop = (event: DragEvent): void => {
      if (draggedIn(event.dataTransfer) === "none") return;
      event.preventDefault();
      setDragged("none");
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragenter", onOver);
    window.addEventListener("dragover", onOver);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragenter", onOver);
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, [onFiles]);
  return dragged;
};
