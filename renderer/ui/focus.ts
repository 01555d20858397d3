import { useEffect } from "react";

/** Gives the focus back, when a panel goes, to whatever had it when the panel came: else the keyboard starts anew at the top. */
export const useFocusReturn = (): void => {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
};
