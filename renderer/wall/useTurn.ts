import { useEffect, useState } from "react";

/** Counts up by one every `everyMs`: what a rolling line or card shows next. */
export const useTurn = (everyMs: number): number => {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((last) => last + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return turn;
};
