import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText } from "#twins/model/twin.ts";

type FaultNames = Readonly<Partial<Record<ClassName, Readonly<Record<string, LocalText>>>>>;

/**
 * Faults that people may put into our own simulated plant, by class: conditions of its physics
 * (twins/physics/conditions.ts), as an operator calls them.
 */
const faultNames: FaultNames = {
  site: {
    sag: { zh: "电网电压暂降", en: "Voltage sag of the grid" },
    gridLost: { zh: "市电全失", en: "Grid lost" },
    curtail: { zh: "风电限发", en: "Wind curtailed by the dispatcher" },
  },
  substation: { open: { zh: "进线断路器分闸", en: "Incoming breaker open" } },
  transformer: {
    open: { zh: "变压器断路器分闸", en: "Breaker open" },
    failed: { zh: "变压器故障", en: "Transformer failed" },
  },
  ups: {
    failed: { zh: "不间断电源故障", en: "UPS failed" },
    batteryAged: { zh: "蓄电池老化", en: "Battery aged" },
    bypass: { zh: "转旁路", en: "On bypass" },
  },
  generator: {
    failsToStart: { zh: "柴发启动失败", en: "Does not start" },
    failed: { zh: "柴发故障停机", en: "Generator failed" },
  },
  building: {
    controlLockout: { zh: "冷机群控锁定", en: "Group control locks chillers out" },
    loopAir: { zh: "冷冻水系统气阻", en: "Air in the chilled-water loop" },
    valveShut: { zh: "冷冻水总阀关闭", en: "Valve to the rooms shut" },
    gatewayLost: { zh: "动环网关失联", en: "BMS gateway lost" },
    clockSkew: { zh: "动环网关时钟偏差", en: "Clock of the BMS gateway off" },
  },
  room: {
    containmentLeak: { zh: "冷热通道封闭泄漏", en: "Containment leaks" },
    valveShut: { zh: "机房水阀关闭", en: "Water valve of the room shut" },
    fire: { zh: "机房火情", en: "Fire in the room" },
    ventilated: { zh: "应急通风(开门排烟)", en: "Emergency ventilation (doors and vents open)" },
  },
  row: {
    breakerOpenA: { zh: "A 路断路器分闸", en: "Breaker of path A open" },
    breakerOpenB: { zh: "B 路断路器分闸", en: "Breaker of path B open" },
  },
  rack: { leak: { zh: "冷板漏液", en: "Cold plates leak" } },
  crah: {
    failed: { zh: "空调故障停机", en: "Unit failed" },
    filterClogged: { zh: "过滤器堵塞", en: "Filter clogged" },
    valveStuck: { zh: "水阀卡涩", en: "Valve stuck" },
  },
  cdu: {
    failed: { zh: "冷量分配单元故障", en: "CDU failed" },
    leak: { zh: "冷量分配单元漏液", en: "CDU leaks" },
  },
  chiller: {
    failed: { zh: "冷机故障停机", en: "Chiller failed" },
    lockedOut: { zh: "冷机保护锁定", en: "Chiller locked out" },
    fouled: { zh: "冷凝器结垢", en: "Condenser fouled" },
  },
  coolingTower: {
    failed: { zh: "冷却塔风机故障", en: "Tower fan failed" },
    frozen: { zh: "冷却塔结冰", en: "Tower frozen" },
    sprayLost: { zh: "喷淋中断", en: "Spray lost" },
  },
  pump: { failed: { zh: "水泵故障停机", en: "Pump failed" } },
  battery: {
    thermalRunaway: { zh: "储能电池热失控", en: "Thermal runaway" },
    isolated: { zh: "储能舱隔离", en: "Container isolated" },
  },
  windTurbine: {
    failed: { zh: "风机故障停机", en: "Turbine failed" },
    iced: { zh: "叶片覆冰", en: "Blades iced" },
  },
  pvTable: {
    failed: { zh: "组串失电", en: "String lost" },
    soiled: { zh: "组件积尘", en: "Modules soiled" },
  },
};

/** Faults that may be put into an asset of a class. */
export const faultsOf = (className: ClassName): readonly string[] => Object.keys(faultNames[className] ?? {});

/** What a fault of a class is called; its id where it has no name here. */
export const faultName = (className: ClassName, fault: string, language: "zh" | "en"): string =>
  faultNames[className]?.[fault]?.[language] ?? fault;
