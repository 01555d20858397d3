import { useCallback, useState } from "react";
import { useT } from "#renderer/ui/text.ts";
import { useConductor, usePlayerFact } from "./context.tsx";
import { Popover, popoverHost } from "./Popover.tsx";
import { fallsShort, sliderShare, speedAtShare, speedDigits, speedPresets } from "./speeds.ts";

/** The speed in words, for screen readers: how fast, and which way. */
const useSpeedText = (): string => {
  const t = useT();
  const speed = usePlayerFact(({ replay }) => replay?.speed ?? 1);
  const n = speedDigits(speed);
  return speed < 0 ? t("timeline.speedBack", { n }) : t("timeline.speedOf", { n });
};

/** How fast: a slider on which every decade is as wide, and presets; what is reached, where that is less. The present has one speed. */
export const SpeedControl = () => {
  const t = useT();
  const conductor = useConductor();
  const isReplay = usePlayerFact(({ mode }) => mode === "replay");
  const size = usePlayerFact(({ replay }) => Math.abs(replay?.speed ?? 1));
  const isBackwards = usePlayerFact(({ replay }) => replay !== null && replay.speed < 0);
  const valueText = useSpeedText();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <fieldset className={`timeline-group timeline-speed ${popoverHost}`} aria-label={t("timeline.speed")}>
      <input
        type="range"
        min={0}
        max={1}
        step={0.005}
        value={sliderShare(size)}
        disabled={!isReplay}
        aria-label={t("timeline.speed")}
        aria-valuetext={valueText}
        title={valueText}
        onChange={(event) => conductor.setSpeed(speedAtShare(event.currentTarget.valueAsNumber))}
      />
      <button
        type="button"
        className="tool timeline-speed-value"
        title={t("timeline.speedPresets", { speed: valueText })}
        aria-label={t("timeline.speedPresets", { speed: valueText })}
        aria-expanded={isOpen}
        disabled={!isReplay}
        onClick={() => setOpen(!isOpen)}
      >
        ×{isBackwards && "−"}
        {speedDigits(size)}
      </button>
      <Achieved />
      {isOpen && (
        <Popover label={t("timeline.speed")} className="timeline-presets" onClose={close}>
          <div className="timeline-preset-grid">
            {speedPresets.map((preset) => (
              <button
                key={preset}
                type="button"
                className="tool"
                aria-pressed={preset === size}
                onClick={() => conductor.setSpeed(preset)}
              >
                ×{speedDigits(preset)}
              </button>
            ))}
          </div>
        </Popover>
      )}
    </fieldset>
  );
};

/** What reading reaches, where that is less than was asked for. */
const Achieved = () => {
  const t = useT();
  const n = usePlayerFact(({ replay }) =>
    replay?.isPlaying && fallsShort(replay.speed, replay.achievedSpeed)
      ? speedDigits(replay.achievedSpeed)
      : null,
  );
  if (n === null) return null;
  return (
    <span className="timeline-achieved" title={t("timeline.achievedTip")}>
      {t("timeline.achieved", { n })}
    </span>
  );
};
