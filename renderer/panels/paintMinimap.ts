import type { ViewGauge } from "#renderer/ui/services.tsx";
import type { Plan, PlanScale, PlanShape } from "./minimapModel.ts";

interface Painting {
  readonly plan: Plan;
  readonly scale: PlanScale;
  readonly gauge: ViewGauge | null;
  readonly isMarked: (zone: number) => boolean;
}

/** Half of the angle that a usual picture shows, radians. */
const halfView = (30 * Math.PI) / 180;
/** Length of the wedge where the camera looks far ahead, CSS pixels. */
const longest = 46;

/** Draws the plan and the camera over it. */
export const paintMinimap = (
  context: CanvasRenderingContext2D,
  { plan, scale, gauge, isMarked }: Painting,
): void => {
  const { width, height } = context.canvas;
  const box = ({ west, east, south, north }: PlanShape): [number, number, number, number] => [
    scale.left + scale.scale * west,
    scale.top - scale.scale * north,
    Math.max(1, scale.scale * (east - west)),
    Math.max(1, scale.scale * (north - south)),
  ];
  context.clearRect(0, 0, width, height);
  context.lineWidth = 1;
  plan.zones.forEach((zone, index) => {
    context.fillStyle = isMarked(index) ? "rgb(197 214 228 / 28%)" : "rgb(190 208 222 / 9%)";
    context.strokeStyle = isMarked(index) ? "#e8edf1" : "rgb(190 208 222 / 38%)";
    context.setLineDash(zone.isNotToScale ? [3, 2] : []);
    context.fillRect(...box(zone));
    context.strokeRect(...box(zone));
  });
  context.setLineDash([]);
  context.fillStyle = "rgb(214 226 236 / 55%)";
  for (const building of plan.buildings) context.fillRect(...box(building));
  if (gauge) paintCamera(context, scale, gauge);
};

/** The eye as a dot and what it looks along as a wedge; outside of the plan it stands at the rim. */
const paintCamera = (
  context: CanvasRenderingContext2D,
  { scale, left, top }: PlanScale,
  { eye, target }: ViewGauge,
): void => {
  const { width, height } = context.canvas;
  const x = Math.min(width - 5, Math.max(5, left + scale * eye[0]));
  const y = Math.min(height - 5, Math.max(5, top - scale * eye[1]));
  const [dx, dy] = [target[0] - eye[0], eye[1] - target[1]];
  const heading = Math.atan2(dy, dx);
  const reach = Math.min(longest, Math.max(14, scale * Math.hypot(dx, dy)));
  const light = context.createRadialGradient(x, y, 0, x, y, reach);
  light.addColorStop(0, "rgb(244 248 251 / 55%)");
  light.addColorStop(1, "rgb(244 248 251 / 6%)");
  context.fillStyle = light;
  context.beginPath();
  context.moveTo(x, y);
  context.arc(x, y, reach, heading - halfView, heading + halfView);
  context.closePath();
  context.fill();
  context.fillStyle = "#f4f8fb";
  context.beginPath();
  context.arc(x, y, 2.6, 0, Math.PI * 2);
  context.fill();
};
