import type { FaultKind } from "./kind.ts";
import { conditionsAt } from "./kind.ts";

const building = conditionsAt("building");
const room = conditionsAt("room");
const rack = conditionsAt("rack");
const crah = conditionsAt("crah");
const cdu = conditionsAt("cdu");
const chiller = conditionsAt("chiller");
const tower = conditionsAt("coolingTower");
const pump = conditionsAt("pump");

const minuteS = 60;
const dayS = 86_400;
const anyPlace = ["site", "zone", "building"] as const;

/** Water, air and liquid, and the racks that they cool. What follows is that of cooling/ and compute/. */
export const coolingKinds: readonly FaultKind[] = [
  building(
    "controlLockout",
    {
      name: ["冷机群控锁定", "Group control locks chillers out"],
      follows: [
        "停下的冷机不再自启,供水升温。",
        "Chillers that stopped do not start again, and the water warms up.",
      ],
    },
    { isSwitch: true },
  ),
  building("loopAir", {
    name: ["冷冻水系统气阻", "Air in the chilled-water loop"],
    follows: [
      "水泵失去扬程,流量下降,机房升温。",
      "Pumps lose their head, the flow falls, and rooms warm up.",
    ],
  }),
  building(
    "airIngress",
    {
      name: ["冷冻水系统渗入空气", "Air drawn into the chilled-water loop"],
      follows: [
        "半小时内气阻逐渐加重,流量缓慢下降。",
        "Within half an hour the loop fills with air, and its flow falls away.",
      ],
    },
    { sets: "loopAir", full: 0.3, overS: 30 * minuteS },
  ),
  building("valveShut", {
    name: ["冷冻水总阀关闭", "Valve to the rooms shut"],
    follows: ["到机房的流量归零,机房升温。", "No water reaches the rooms, and they warm up."],
  }),
  room("containmentLeak", {
    name: ["冷热通道封闭泄漏", "Containment leaks"],
    follows: ["热风回流,进风升温,风机加速。", "Hot air comes round: inlets warm up, and fans run faster."],
  }),
  room("valveShut", {
    name: ["机房水阀关闭", "Water valve of the room shut"],
    follows: [
      "空调与冷量分配单元断水,机房升温。",
      "Its air handlers and CDUs get no water, and it warms up.",
    ],
  }),
  room("fire", {
    name: ["机房火情", "Fire in the room"],
    follows: [
      "空调联动停机,机房迅速升温,服务器过温保护。",
      "Air handlers stop, the room heats up, and servers trip.",
    ],
  }),
  room(
    "ventilated",
    {
      name: ["应急通风(开门排烟)", "Emergency ventilation (doors and vents open)"],
      follows: [
        "室外空气带走部分热量,机房温度向室外靠近。",
        "Air from outside takes heat away; the room nears its temperature.",
      ],
    },
    { by: "people" },
  ),
  rack("leak", {
    name: ["冷板漏液", "Cold plates leak"],
    follows: [
      "漏液检测动作,数秒后机柜断电保护。",
      "Its detector sees the leak, and within seconds the rack trips.",
    ],
  }),
  rack(
    "seeping",
    {
      name: ["冷板缓慢渗漏", "Cold plates seep"],
      follows: [
        "二十分钟内渗漏加重,直到漏液检测动作。",
        "Grows over twenty minutes, until the detector sees it.",
      ],
    },
    { sets: "leak", overS: 20 * minuteS },
  ),
  rack(
    "shed",
    {
      name: ["减载(有序关机)", "Load shed (servers shut down)"],
      follows: [
        "服务器在两分钟内有序下线,功率下降。",
        "Servers go down in good order within two minutes, and power falls.",
      ],
    },
    { by: "people", places: [...anyPlace, "room", "row"] },
  ),
  crah("failed", {
    name: ["空调故障停机", "Unit failed"],
    follows: ["同房间其余空调加速补足风量。", "The others of its room run faster to make up for it."],
  }),
  crah(
    "filterClogged",
    {
      name: ["过滤器堵塞", "Filter clogged"],
      follows: ["滤网压差升高,风机加速。", "Its pressure drop rises, and fans run faster."],
    },
    { places: [...anyPlace, "room"] },
  ),
  crah("valveStuck", {
    name: ["水阀卡涩", "Valve stuck"],
    follows: ["得水减少,送风升温。", "It gets less water, and blows warmer air."],
  }),
  cdu("failed", {
    name: ["冷量分配单元故障", "CDU failed"],
    follows: [
      "其余单元加大流量;全停则机柜降频、保护停机。",
      "The others raise their flow; with none left racks throttle and trip.",
    ],
  }),
  cdu("leak", {
    name: ["冷量分配单元漏液", "CDU leaks"],
    follows: ["漏液检测动作并停泵,其余单元顶上。", "Its detector stops its pumps, and the others carry on."],
  }),
  cdu(
    "seeping",
    {
      name: ["冷量分配单元缓慢渗漏", "CDU seeps"],
      follows: [
        "半小时内流量渐减,直到漏液检测动作。",
        "Loses flow over half an hour, until its detector sees it.",
      ],
    },
    { sets: "leak", overS: 30 * minuteS },
  ),
  chiller("failed", {
    name: ["冷机故障停机", "Chiller failed"],
    follows: [
      "备用冷机启动;不足则供水升温。",
      "Another starts in its place; with none left the water warms up.",
    ],
  }),
  chiller(
    "lockedOut",
    {
      name: ["冷机保护锁定", "Chiller locked out"],
      follows: ["不能再启动,直到解除锁定。", "It does not start until somebody unlocks it."],
    },
    { isSwitch: true },
  ),
  chiller("fouled", {
    name: ["冷凝器结垢", "Condenser fouled"],
    follows: ["同样制冷量耗电上升。", "It draws more for the same heat."],
  }),
  chiller(
    "fouling",
    {
      name: ["冷凝器逐渐结垢", "Condenser fouling"],
      follows: ["五天内结垢加重,耗电缓慢上升。", "Fouls over five days, and draws more from day to day."],
    },
    { sets: "fouled", overS: 5 * dayS },
  ),
  tower("failed", {
    name: ["冷却塔风机故障", "Tower fan failed"],
    follows: ["其余塔承担散热,出水升温。", "The other towers take its heat, and water leaves them warmer."],
  }),
  tower(
    "frozen",
    {
      name: ["冷却塔结冰", "Tower frozen"],
      follows: [
        "水流受阻,散热下降,冷却水升温。",
        "Ice holds the water up: less heat is rejected, and the water warms up.",
      ],
    },
    { places: ["building"] },
  ),
  tower(
    "sprayLost",
    {
      name: ["喷淋中断", "Spray lost"],
      follows: [
        "只能干式散热,天热时出水升温。",
        "It rejects heat dry only, and in warm weather its water leaves warmer.",
      ],
    },
    { places: ["building"] },
  ),
  pump("failed", {
    name: ["水泵故障停机", "Pump failed"],
    follows: ["备用泵投入,其余泵加速。", "Another starts in its place, or the rest run faster."],
  }),
  pump(
    "lockedOut",
    {
      name: ["水泵收不到启动信号", "Pump gets no run signal"],
      follows: [
        "该泵停转,备用泵投入;全无信号则断流。",
        "It stands still and another starts; with no signal for any the flow stops.",
      ],
    },
    { isSwitch: true },
  ),
];
