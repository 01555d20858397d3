import { useCallback } from "react";
import type { TextKey } from "#renderer/i18n/translate.ts";
import { useT } from "#renderer/ui/text.ts";
import { useConducted, useConductor } from "./context.tsx";
import { IconAct } from "./IconAct.tsx";
import { Popover, popoverHost } from "./Popover.tsx";

const keys = [
  [["Space"], "timeline.key.space"],
  [["J", "K", "L"], "timeline.key.jkl"],
  [["←", "→"], "timeline.key.arrows"],
  [["Home", "End"], "timeline.key.ends"],
  [[",", "."], "timeline.key.events"],
  [["I", "O", "R"], "timeline.key.points"],
  [["M"], "timeline.key.mark"],
  [["T"], "timeline.key.type"],
  [["+", "−", "0"], "timeline.key.zoom"],
  [["Esc"], "timeline.key.live"],
  [["?"], "timeline.key.help"],
] as const satisfies readonly (readonly [readonly string[], TextKey])[];

const signs = [
  "timeline.sign.drag",
  "timeline.sign.pan",
  "timeline.sign.wheel",
  "timeline.sign.pause",
  "timeline.sign.quality",
  "timeline.sign.alarms",
] as const satisfies readonly TextKey[];

/** What keys and signs mean. */
export const HelpControl = () => {
  const t = useT();
  const conductor = useConductor();
  const isOpen = useConducted((facts) => facts.isHelpOpen);
  const close = useCallback(() => conductor.store.setState({ isHelpOpen: false }), [conductor]);
  return (
    <div className={popoverHost}>
      <IconAct
        icon="help"
        tip={t("timeline.help")}
        isExpanded={isOpen}
        onClick={() => conductor.act({ do: "help" })}
      />
      {isOpen && (
        <Popover label={t("timeline.helpTitle")} className="timeline-help" onClose={close}>
          <div>
            <h4>{t("timeline.helpKeys")}</h4>
            <dl className="timeline-keys">
              {keys.map(([names, says]) => (
                <div key={says}>
                  <dt>
                    {names.map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{t(says)}</dd>
                </div>
              ))}
            </dl>
          </div>
          <div>
            <h4>{t("timeline.helpSigns")}</h4>
            <ul className="timeline-signs">
              {signs.map((says) => (
                <li key={says}>{t(says)}</li>
              ))}
            </ul>
          </div>
        </Popover>
      )}
    </div>
  );
};
