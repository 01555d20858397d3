import type { FaultKind } from "./kind.ts";
import { conditionsAt } from "./kind.ts";

const battery = conditionsAt("battery");
const turbine = conditionsAt("windTurbine");
const pvTable = conditionsAt("pvTable");

const hourS = 3600;
const farm = ["site", "zone"] as const;

/** Sun, wind and storage. What follows is energy/'s. */
export const energyKinds: readonly FaultKind[] = [
  battery("thermalRunaway", {
    name: ["储能电池热失控", "Thermal runaway"],
    follows: [
      "舱内升温冒烟,储能舱退出,数分钟内起火,可能蔓延至邻舱。",
      "The container heats up and smokes, leaves the storage, burns within minutes and may set fire to those beside it.",
    ],
  }),
  battery(
    "isolated",
    {
      name: ["储能舱隔离", "Container isolated"],
      follows: [
        "该舱功率归零,其余舱分担。",
        "Its power falls to nothing, and the others share what is asked.",
      ],
    },
    { by: "people", places: farm, isSwitch: true },
  ),
  turbine("failed", {
    name: ["风机故障停机", "Turbine failed"],
    follows: ["该机停发,风电出力减少。", "It stands still, and the farm gives less."],
  }),
  turbine(
    "iced",
    {
      name: ["叶片覆冰", "Blades iced"],
      follows: ["同样风速下出力下降。", "It gives less at the same wind."],
    },
    { places: farm },
  ),
  turbine(
    "icing",
    {
      name: ["叶片逐渐覆冰", "Blades icing"],
      follows: ["两小时内覆冰加重,出力缓慢下降。", "Ice grows over two hours, and power falls away."],
    },
    { sets: "iced", overS: 2 * hourS, places: farm },
  ),
  pvTable("failed", {
    name: ["组串失电", "String lost"],
    follows: ["该组串停发。", "The table gives nothing."],
  }),
  pvTable(
    "soiled",
    {
      name: ["组件积尘", "Modules soiled"],
      follows: ["同样辐照下出力下降。", "It gives less in the same light."],
    },
    { places: farm },
  ),
];
