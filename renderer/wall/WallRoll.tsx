import { useFeed, useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { rollMessages } from "./rollMessages.ts";
import { useTurn } from "./useTurn.ts";

/** Each message stays long enough to be read from the back row. */
const turnMs = 7_000;

/** Short messages one after the other; three at a time, so that the eye need not chase them. */
export const WallRoll = () => {
  const t = useT();
  const language = useLanguage();
  const { twin, feedMs } = useServices();
  const facts = useFeed((feed) => feed);
  const turn = useTurn(turnMs);
  const site = {
    illustrative: twin.illustrative,
    utcOffsetMin: twin.site.utcOffsetMin,
    nowMs: feedMs(),
  };
  const messages = rollMessages(facts, site, { t, language });
  const shown = Array.from(
    { length: Math.min(3, messages.length) },
    (_, i) => messages[(turn + i) % messages.length]!,
  );
  return (
    <section className="glass wall-roll" aria-label={t("wall.roll")}>
      {shown.map((message) => (
        <span key={message}>{message}</span>
      ))}
    </section>
  );
};
