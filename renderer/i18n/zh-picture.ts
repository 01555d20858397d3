import type { enPicture } from "./en-picture.ts";

export const zhPicture: Readonly<Record<keyof typeof enPicture, string>> = {
  "picture.step.label": "绘制",
  "picture.step.wall": "全画质",
  "picture.step.desktop": "台式机",
  "picture.step.laptop": "笔记本",
  "picture.step.software": "软件渲染",
  "picture.step.auto": "由本机实测自动选定。",
  "picture.step.chosen": "由人工选定。",
  "picture.reduced.wall": "静止与移动时均不降低画质。",
  "picture.reduced.desktop": "视角移动且帧率不足时减少像素,静止后恢复完整画面。",
  "picture.reduced.laptop": "视角移动时像素降至四分之三或更低,静止后恢复完整画面。",
  "picture.reduced.software":
    "由处理器绘制:视角移动时像素降至三分之一或更低,并略去树木与光伏支架;风机叶轮不转动,数值上画的频率降低。静止后恢复完整画面。数据颜色始终准确。",
  "picture.next": "点击可改选其他档位。",
};
