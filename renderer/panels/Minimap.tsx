import { useEffect, useMemo, useRef, useState } from "react";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { sameAsset, useServices, useView, type ViewGauge } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import { fitPlan, groundAt, type Plan, type PlanScale, planOf, shapeAt } from "./minimapModel.ts";
import { paintMinimap } from "./paintMinimap.ts";

/** CSS pixels; a low window gets the smaller one. */
const sizes = { usual: [196, 132], low: [150, 100] } as const;
const lowPx = 820;
const marginPx = 8;
/** The camera is looked at four times a second. */
const lookMs = 250;
/** A click this near to a building means it, CSS pixels. */
const nearPx = 3;

const sizeNow = (): readonly [number, number] => (innerHeight < lowPx ? sizes.low : sizes.usual);

/**
 * The campus in small, north up: zones, buildings, and where the camera stands and looks. A click flies there. With the
 * keyboard, arrows choose a zone and Enter flies to it.
 */
export const Minimap = () => {
  const t = useT();
  const local = useLocal();
  const { twin, view, gauge, look } = useServices();
  const plan = useMemo(() => planOf(twin), [twin]);
  const [size, setSize] = useState(sizeNow);
  const scale = useMemo(() => fitPlan(plan, size, marginPx), [plan, size]);
  const [chosen, setChosen] = useState<number | null>(null);
  const canvas = usePainted({ plan, scale, chosen });
  useEffect(() => {
    const resized = (): void => setSize(sizeNow());
    addEventListener("resize", resized);
    return () => removeEventListener("resize", resized);
  }, []);
  const step = (by: number): void =>
    setChosen((at) => ((at ?? (by > 0 ? -1 : 0)) + by + plan.zones.length) % plan.zones.length);
  const go = (x: number, y: number): void => {
    const at = groundAt(scale, [x, y]);
    const found = shapeAt(plan, at, nearPx / scale.scale);
    const from = gauge?.();
    if (found) flyTo(view, found.ref);
    else if (from) {
      const { eye, target } = from;
      const moved = [eye[0] + at[0] - target[0], eye[1] + at[1] - target[1], eye[2]] as const;
      look?.({ eye: moved, target: [at[0], at[1], 0] });
    }
  };
  if (plan.zones.length === 0) return null;
  const zone = chosen === null ? null : local(nameOf(twin, plan.zones[chosen]!.ref));
  return (
    <button
      type="button"
      className="glass minimap"
      style={{ width: size[0], height: size[1] }}
      aria-label={zone === null ? t("minimap.label") : t("minimap.chosen", { name: zone })}
      title={t("minimap.tip")}
      onBlur={() => setChosen(null)}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight" || event.key === "ArrowDown") step(1);
        else if (event.key === "ArrowLeft" || event.key === "ArrowUp") step(-1);
        else return;
        event.preventDefault();
      }}
      onClick={(event) => {
        if (event.detail > 0) {
          const box = event.currentTarget.getBoundingClientRect();
          go(event.clientX - box.left, event.clientY - box.top);
        } else if (chosen !== null) flyTo(view, plan.zones[chosen]!.ref);
      }}
    >
      <canvas ref={canvas} width={size[0]} height={size[1]} />
      <span aria-hidden="true" className="minimap-north">
        {t("view.northMark")}
      </span>
    </button>
  );
};

const isSameLook = (a: ViewGauge | null, b: ViewGauge | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.eye[0] === b.eye[0] &&
    a.eye[1] === b.eye[1] &&
    a.target[0] === b.target[0] &&
    a.target[1] === b.target[1]);

interface Painting {
  readonly plan: Plan;
  readonly scale: PlanScale;
  readonly chosen: number | null;
}

/** Draws when the camera has moved, four times a second at most; no value of it reaches React. */
const usePainted = ({ plan, scale, chosen }: Painting) => {
  const { gauge } = useServices();
  const selected = useView((state) => state.selected);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let drawn: ViewGauge | null | undefined;
    const draw = (): void => {
      const now = gauge?.() ?? null;
      if (drawn !== undefined && isSameLook(drawn, now)) return;
      drawn = now;
      const context = canvas.current?.getContext("2d");
      if (!context) return;
      const isMarked = (index: number): boolean =>
        index === chosen || sameAsset(selected, plan.zones[index]!.ref);
      paintMinimap(context, { plan, scale, gauge: now, isMarked });
    };
    draw();
    const timer = setInterval(draw, lookMs);
    return () => clearInterval(timer);
  }, [gauge, plan, scale, chosen, selected]);
  return canvas;
};
