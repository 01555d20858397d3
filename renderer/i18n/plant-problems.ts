import type { PlantProblemCode } from "#feed/contract/plant.ts";

type PlantProblemTexts = Readonly<Record<PlantProblemCode, { readonly what: string; readonly tip: string }>>;

export const enPlantProblems: PlantProblemTexts = {
  "plant-outside": {
    what: "This window reads an outside broker.",
    tip: "Faults and scenarios are for the product's own simulated plant only: start it without --mqtt.",
  },
  "plant-starting": {
    what: "The simulated plant does not run yet.",
    tip: "Wait until values come, and try again.",
  },
  "plant-silent": {
    what: "The simulated plant did not answer.",
    tip: "Look at the values whether it was done, and try again.",
  },
  "scenario-unknown": {
    what: "There is no such scenario.",
    tip: "Choose one of the built-in ones, or start with --scenario FILE.",
  },
  "fault-asset-unknown": {
    what: "The simulated plant has no such asset.",
    tip: "Choose the asset again in the tree.",
  },
  "fault-unknown": { what: "There is no such fault at this asset.", tip: "Choose one of the list." },
  "fault-metric-unknown": {
    what: "This fault cannot be in that reading.",
    tip: "Choose one of the asset's readings.",
  },
};

export const zhPlantProblems: PlantProblemTexts = {
  "plant-outside": {
    what: "本窗口接入了外部消息代理。",
    tip: "故障与情景只用于内置仿真园区:请在不带 --mqtt 的情况下启动。",
  },
  "plant-starting": { what: "仿真园区尚未运行。", tip: "请在数据到达后重试。" },
  "plant-silent": { what: "仿真园区没有应答。", tip: "请查看数值是否已变化,再重试。" },
  "scenario-unknown": { what: "没有该情景。", tip: "请选择内置情景,或以 --scenario 文件 启动。" },
  "fault-asset-unknown": { what: "仿真园区中没有该资产。", tip: "请在资产树中重新选择。" },
  "fault-unknown": { what: "该资产没有这种故障。", tip: "请从列表中选择。" },
  "fault-metric-unknown": { what: "该测点不会有这种故障。", tip: "请选择该资产的其他测点。" },
};
