import type { enZoom } from "./en-zoom.ts";

/** 按所看对象放大的量程,与固定量程并列说明。 */
export const zhZoom: Readonly<Record<keyof typeof enZoom, string>> = {
  "zoom.zoomed": "放大量程",
  "zoom.tip": "按画面内当前值放大量程并保持 (Z)",
  "zoom.tipBack": "恢复固定量程 (Z)",
  "zoom.from": "放大 {low}–{high} {unit}",
  "zoom.fixedFrom": "固定 {low}–{high} {unit}",
  "zoom.sheet": "放大量程;固定 {low}–{high}",
  "zoom.fit": "重新适配",
  "zoom.fitTip": "按当前值重新放大量程",
  "zoom.below": "低于下限 {count} 个,取下限色",
  "zoom.above": "高于上限 {count} 个,取上限色",
};
