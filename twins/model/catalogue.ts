import type { ClassName, ClassSpec, MetricSpec } from "./metric.ts";
import { classNames } from "./metric.ts";

/**
 * The standard class catalogue: which columns each class table has. A column's index is its place in `metrics`;
 * frames, logs and textures use that index, so columns are only ever appended.
 */

type Extra = Partial<Omit<MetricSpec, "id" | "unit" | "range" | "name">>;

const metric = (
  id: string,
  unit: string,
  range: readonly [number, number],
  name: readonly [en: string, zh: string],
  extra: Extra = {},
): MetricSpec => ({
  id,
  unit,
  range,
  name: { en: name[0], zh: name[1] },
  kind: "analog",
  periodMs: 10_000,
  ...extra,
});

const derived = (
  id: string,
  unit: string,
  range: readonly [number, number],
  name: readonly [en: string, zh: string],
  extra: Extra = {},
): MetricSpec => metric(id, unit, range, name, { derived: true, ...extra });

const spec = (
  name: ClassName,
  brick: string,
  label: readonly [en: string, zh: string],
  metrics: readonly MetricSpec[],
  extra: Partial<ClassSpec> = {},
): ClassSpec => ({ name, brick, label: { en: label[0], zh: label[1] }, storage: "f64", metrics, ...extra });

const power = (range: readonly [number, number]): MetricSpec =>
  metric("power", "kW", range, ["Power", "功率"], {
    resolution: 0.1,
    dsx: { pointType: "ActivePower", namespace: "HT" },
  });

const status: MetricSpec = metric("status", "1", [0, 4], ["Status", "状态"], {
  kind: "state",
  resolution: 1,
  states: [
    { code: 0, en: "Off", zh: "停止" },
    { code: 1, en: "On", zh: "运行" },
    { code: 2, en: "Fault", zh: "故障" },
    { code: 3, en: "Locked out", zh: "闭锁" },
    { code: 4, en: "Starting", zh: "启动中" },
  ],
  dsx: { pointType: "Status" },
});

/** How a machine gets rid of heat at the moment: what the water, the air and the compressor do. */
const coolingMode = (states: NonNullable<MetricSpec["states"]>): MetricSpec =>
  metric("coolingMode", "1", [0, states.at(-1)!.code], ["Cooling mode", "冷源模式"], {
    kind: "state",
    resolution: 1,
    steady: true,
    states,
    dsx: { pointType: "CoolingMode", namespace: "HT" },
  });

const leak: Extra & { kind: "state" } = {
  kind: "state",
  resolution: 1,
  states: [
    { code: 0, en: "No leak", zh: "无漏液" },
    { code: 1, en: "Leak", zh: "漏液" },
  ],
};

/** KPI columns of every metered boundary (ISO/IEC 30134-2:2016; GB 40879-2021 is not applied to liquid rooms). */
const boundary: readonly MetricSpec[] = [
  derived("itPower", "kW", [0, 20_000], ["IT power", "IT功率"], { resolution: 0.1 }),
  derived("totalPower", "kW", [0, 25_000], ["Total power", "总功率"], { resolution: 0.1 }),
  derived("powerRatio", "1", [1, 1.6], ["Power ratio (instant)", "功率比(瞬时)"], { resolution: 0.001 }),
  derived("pue15m", "1", [1, 1.6], ["PUE 15 min", "PUE 15分钟"], { resolution: 0.001 }),
  derived("pue1h", "1", [1, 1.6], ["PUE 1 h", "PUE 1小时"], { resolution: 0.001 }),
  derived("load", "%", [0, 100], ["Compute load (mean)", "算力利用率(均值)"], { resolution: 0.1 }),
  derived("inletMax", "Cel", [15, 35], ["Hottest inlet", "最高进风温度"], { resolution: 0.1 }),
  derived("coverage", "%", [0, 100], ["Meter coverage", "计量覆盖率"], { resolution: 0.1 }),
];

const specs: readonly ClassSpec[] = [
  spec(
    "site",
    "Site",
    ["Site", "园区"],
    [
      ...boundary,
      derived("gridPower", "kW", [0, 600_000], ["Grid import", "网侧购电"], { resolution: 0.1 }),
      derived("pvPower", "kW", [0, 60_000], ["Solar power", "光伏功率"], { resolution: 0.1 }),
      derived("windPower", "kW", [0, 300_000], ["Wind power", "风电功率"], { resolution: 0.1 }),
      derived("storagePower", "kW", [-65_000, 65_000], ["Storage (+ discharge)", "储能(正为放电)"], {
        resolution: 0.1,
      }),
      derived("greenShare", "%", [0, 100], ["On-site wind and solar now", "园区风光瞬时占比"], {
        resolution: 0.1,
      }),
      derived("pue24h", "1", [1, 1.6], ["PUE 24 h", "PUE 24小时"], { resolution: 0.001 }),
    ],
  ),
  spec("zone", "Zone", ["Zone", "分区"], [...boundary]),
  spec(
    "building",
    "Building",
    ["Building", "机楼"],
    [
      ...boundary,
      coolingMode([
        { code: 0, en: "Stopped", zh: "停机" },
        { code: 1, en: "Full free cooling", zh: "完全自然冷却" },
        { code: 2, en: "Partial free cooling", zh: "部分自然冷却" },
        { code: 3, en: "Mechanical cooling", zh: "机械制冷" },
      ]),
    ],
    { dsxObjectType: "GenericObject" },
  ),
  spec("floor", "Floor", ["Floor", "楼层"], []),
  spec("room", "Room", ["Room", "机房"], [...boundary]),
  spec("row", "ICT_Equipment", ["Row", "列"], []),
  spec(
    "rack",
    "ICT_Rack",
    ["Rack", "机柜"],
    [
      metric("load", "%", [0, 100], ["Compute load", "算力利用率"], {
        resolution: 0.1,
        dsx: { pointType: "ComputeLoad", namespace: "HT" },
      }),
      metric("power", "kW", [0, 24], ["Power", "功率"], {
        resolution: 0.01,
        dsx: { pointType: "RackPower" },
      }),
      metric("inletTemperature", "Cel", [15, 35], ["Air inlet", "进风温度"], {
        resolution: 0.1,
        dsx: { pointType: "RackAirInletTemperature", namespace: "HT" },
      }),
      metric("outletTemperature", "Cel", [15, 55], ["Air outlet", "出风温度"], {
        resolution: 0.1,
        dsx: { pointType: "RackAirOutletTemperature", namespace: "HT" },
      }),
      metric("liquidSupplyTemperature", "Cel", [20, 50], ["Liquid supply", "液冷供液温度"], {
        resolution: 0.1,
        dsx: { pointType: "RackLiquidSupplyTemperature" },
      }),
      metric("liquidReturnTemperature", "Cel", [20, 60], ["Liquid return", "液冷回液温度"], {
        resolution: 0.1,
        dsx: { pointType: "RackLiquidReturnTemperature" },
      }),
      metric("liquidFlow", "L/min", [0, 60], ["Liquid flow", "液冷流量"], {
        resolution: 0.1,
        dsx: { pointType: "RackLiquidFlow" },
      }),
      metric("leakDetect", "1", [0, 1], ["Leak", "漏液"], {
        ...leak,
        dsx: { pointType: "RackLeakDetect" },
      }),
    ],
    { dsxObjectType: "Rack", storage: "f32" },
  ),
  spec(
    "crah",
    "CRAH",
    ["CRAH / fan wall", "精密空调/风墙"],
    [
      power([0, 40]),
      metric("supplyTemperature", "Cel", [10, 35], ["Supply air", "送风温度"], {
        resolution: 0.1,
        dsx: { pointType: "AirTemperature", processArea: ["Supply"] },
      }),
      metric("returnTemperature", "Cel", [15, 50], ["Return air", "回风温度"], {
        resolution: 0.1,
        dsx: { pointType: "AirTemperature", processArea: ["Return"] },
      }),
      metric("fanSpeed", "%", [0, 100], ["Fan speed", "风机转速"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "FanSpeed" },
      }),
      metric("filterPressure", "Pa", [0, 400], ["Filter pressure drop", "滤网压差"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "FilterPressureDrop", namespace: "HT" },
      }),
      coolingMode([
        { code: 0, en: "Stopped", zh: "停机" },
        { code: 1, en: "Chilled water", zh: "冷冻水" },
        { code: 2, en: "Dry", zh: "干模式" },
        { code: 3, en: "Wet", zh: "湿模式" },
        { code: 4, en: "Mixed, compressor assists", zh: "混合模式" },
      ]),
      status,
    ],
    { dsxObjectType: "CRAH" },
  ),
  spec(
    "cdu",
    "CDU",
    ["CDU", "冷量分配单元"],
    [
      power([0, 30]),
      metric("supplyTemperature", "Cel", [20, 50], ["Secondary supply", "二次侧供液温度"], {
        resolution: 0.1,
        dsx: { pointType: "LiquidTemperature", processArea: ["Secondary", "Supply"] },
      }),
      metric("returnTemperature", "Cel", [20, 60], ["Secondary return", "二次侧回液温度"], {
        resolution: 0.1,
        dsx: { pointType: "LiquidTemperature", processArea: ["Secondary", "Return"] },
      }),
      metric("flow", "L/min", [0, 3000], ["Flow", "流量"], {
        resolution: 1,
        dsx: { pointType: "LiquidFlow" },
      }),
      metric("leakDetect", "1", [0, 1], ["Leak", "漏液"], {
        ...leak,
        dsx: { pointType: "LeakDetect", namespace: "HT" },
      }),
      status,
    ],
    { dsxObjectType: "CDU" },
  ),
  spec(
    "chiller",
    "Chiller",
    ["Chiller", "冷水机组"],
    [
      power([0, 1200]),
      metric("supplyTemperature", "Cel", [5, 30], ["Chilled water supply", "冷冻水供水温度"], {
        resolution: 0.1,
        dsx: { pointType: "LiquidTemperature", processArea: ["Supply"] },
      }),
      metric("returnTemperature", "Cel", [5, 35], ["Chilled water return", "冷冻水回水温度"], {
        resolution: 0.1,
        dsx: { pointType: "LiquidTemperature", processArea: ["Return"] },
      }),
      metric("heat", "kW", [0, 8000], ["Heat removed", "制冷量"], {
        resolution: 1,
        dsx: { pointType: "HeatRemoved", namespace: "HT" },
      }),
      status,
    ],
    { dsxObjectType: "Chiller" },
  ),
  spec(
    "coolingTower",
    "Cooling_Tower",
    ["Cooling tower", "冷却塔"],
    [
      power([0, 120]),
      metric("leavingTemperature", "Cel", [0, 45], ["Leaving water", "出塔水温"], {
        resolution: 0.1,
        dsx: { pointType: "LiquidTemperature", processArea: ["Leaving"] },
      }),
      metric("fanSpeed", "%", [0, 100], ["Fan speed", "风机转速"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "FanSpeed" },
      }),
      metric("heat", "kW", [0, 8000], ["Heat rejected", "散热量"], {
        resolution: 1,
        dsx: { pointType: "HeatRejected", namespace: "HT" },
      }),
      metric("makeUpWater", "m3/h", [0, 20], ["Make-up water", "补水流量"], {
        resolution: 0.01,
        dsx: { pointType: "MakeUpWaterFlow", namespace: "HT" },
      }),
      coolingMode([
        { code: 0, en: "Stopped", zh: "停机" },
        { code: 2, en: "Dry", zh: "干模式" },
        { code: 3, en: "Wet (spray)", zh: "湿模式(喷淋)" },
      ]),
      status,
    ],
    { dsxObjectType: "CoolingTower" },
  ),
  spec(
    "pump",
    "Pump",
    ["Pump", "水泵"],
    [
      power([0, 200]),
      metric("speed", "%", [0, 100], ["Speed", "转速"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "PumpSpeed" },
      }),
      status,
    ],
    { dsxObjectType: "Pump" },
  ),
  spec(
    "ups",
    "UPS",
    ["UPS", "不间断电源"],
    [
      power([0, 2000]),
      metric("inputPower", "kW", [0, 2200], ["Input power", "输入功率"], {
        resolution: 0.1,
        dsx: { pointType: "InputPower", namespace: "HT" },
      }),
      metric("loadRate", "%", [0, 100], ["Load rate", "负载率"], {
        resolution: 0.1,
        dsx: { pointType: "LoadRate", namespace: "HT" },
      }),
      metric("batteryCharge", "%", [0, 100], ["Battery charge", "电池电量"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "BatteryCharge", namespace: "HT" },
      }),
      metric("supplyMode", "1", [0, 4], ["Supply mode", "供电方式"], {
        kind: "state",
        resolution: 1,
        states: [
          { code: 0, en: "Dead", zh: "失电" },
          { code: 1, en: "Online", zh: "在线" },
          { code: 2, en: "On battery", zh: "电池供电" },
          { code: 3, en: "Bypass", zh: "旁路" },
          { code: 4, en: "Mains direct", zh: "市电直供" },
        ],
        dsx: { pointType: "SupplyMode", namespace: "HT" },
      }),
      status,
    ],
    { dsxObjectType: "UPS" },
  ),
  spec("generator", "Generator", ["Generator", "柴油发电机"], [power([0, 3000]), status], {
    dsxObjectType: "Generator",
  }),
  spec(
    "transformer",
    "Transformer",
    ["Transformer", "变压器"],
    [
      power([0, 70_000]),
      metric("loadRate", "%", [0, 100], ["Load rate", "负载率"], {
        resolution: 0.1,
        dsx: { pointType: "LoadRate", namespace: "HT" },
      }),
      metric("loss", "kW", [0, 500], ["Loss", "损耗"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "Loss", namespace: "HT" },
      }),
      status,
    ],
    { dsxObjectType: "GenericObject" },
  ),
  spec(
    "substation",
    "Electrical_Substation",
    ["Substation", "变电站"],
    [
      power([0, 300_000]),
      metric("voltage", "kV", [0, 250], ["Voltage", "电压"], {
        resolution: 0.1,
        dsx: { pointType: "BusVoltage", namespace: "HT" },
      }),
      metric("frequency", "Hz", [49, 51], ["Frequency", "频率"], {
        resolution: 0.001,
        dsx: { pointType: "BusFrequency", namespace: "HT" },
      }),
    ],
    { dsxObjectType: "GenericObject" },
  ),
  spec(
    "meter",
    "Electrical_Meter",
    ["Meter", "电表"],
    [
      metric("power", "kW", [-65_000, 600_000], ["Active power", "有功功率"], {
        resolution: 0.1,
        dsx: { pointType: "ActivePower" },
      }),
      metric("energy", "kWh", [0, 1e12], ["Energy register", "电能表底"], {
        kind: "counter",
        resolution: 0.1,
        dsx: { pointType: "ActiveEnergy", namespace: "HT" },
      }),
      metric("powerFactor", "1", [0, 1], ["Power factor", "功率因数"], {
        resolution: 0.001,
        dsx: { pointType: "PowerFactor" },
      }),
    ],
    { dsxObjectType: "PowerMeter" },
  ),
  spec(
    "pvTable",
    "PV_Panel",
    ["PV table", "光伏组串架"],
    [
      power([0, 40]),
      metric("irradiance", "W/m2", [0, 1200], ["Plane irradiance", "倾斜面辐照度"], {
        resolution: 1,
        dsx: { pointType: "Irradiance", namespace: "HT" },
      }),
      metric("moduleTemperature", "Cel", [-35, 80], ["Module temperature", "组件温度"], {
        resolution: 0.1,
        dsx: { pointType: "ModuleTemperature", namespace: "HT" },
      }),
    ],
    { dsxObjectType: "GenericObject" },
  ),
  spec(
    "windTurbine",
    "Wind_Turbine",
    ["Wind turbine", "风机"],
    [
      power([0, 6250]),
      metric("windSpeed", "m/s", [0, 30], ["Wind speed", "风速"], {
        resolution: 0.1,
        dsx: { pointType: "WindSpeed", namespace: "HT" },
      }),
      metric("rotorSpeed", "/min", [0, 16], ["Rotor speed", "叶轮转速"], {
        resolution: 0.1,
        dsx: { pointType: "RotorSpeed", namespace: "HT" },
      }),
      metric("yaw", "deg", [0, 360], ["Yaw", "偏航角"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "Yaw", namespace: "HT" },
      }),
      metric("powerLimit", "kW", [0, 6250], ["Power limit", "功率限值"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "PowerLimit", namespace: "HT" },
      }),
      status,
    ],
    { dsxObjectType: "GenericObject" },
  ),
  spec(
    "battery",
    "Battery",
    ["Battery container", "储能集装箱"],
    [
      metric("power", "kW", [-1300, 1300], ["Power (+ discharge)", "功率(正为放电)"], {
        resolution: 0.1,
        dsx: { pointType: "ActivePower", namespace: "HT" },
      }),
      metric("stateOfCharge", "%", [0, 100], ["State of charge", "荷电状态"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "StateOfCharge", namespace: "HT" },
      }),
      metric("temperature", "Cel", [-30, 60], ["Temperature", "温度"], {
        resolution: 0.1,
        dsx: { pointType: "Temperature", namespace: "HT" },
      }),
      metric("smokeDetect", "1", [0, 1], ["Smoke", "烟感"], {
        kind: "state",
        resolution: 1,
        states: [
          { code: 0, en: "Clear", zh: "正常" },
          { code: 1, en: "Smoke", zh: "烟雾" },
        ],
        dsx: { pointType: "SmokeDetect", namespace: "HT" },
      }),
      status,
    ],
    { dsxObjectType: "BESS" },
  ),
  spec(
    "weatherStation",
    "Weather_Station",
    ["Weather", "气象站"],
    [
      metric("airTemperature", "Cel", [-35, 40], ["Air temperature", "气温"], {
        resolution: 0.1,
        dsx: { pointType: "AirTemperature" },
      }),
      metric("wetBulb", "Cel", [-35, 30], ["Wet bulb", "湿球温度"], {
        resolution: 0.1,
        dsx: { pointType: "WetBulbTemperature", namespace: "HT" },
      }),
      metric("windSpeed", "m/s", [0, 30], ["Wind speed", "风速"], {
        resolution: 0.1,
        dsx: { pointType: "WindSpeed", namespace: "HT" },
      }),
      metric("windDirection", "deg", [0, 360], ["Wind direction", "风向"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "WindDirection", namespace: "HT" },
      }),
      metric("irradiance", "W/m2", [0, 1200], ["Global irradiance", "总辐照度"], {
        resolution: 1,
        dsx: { pointType: "Irradiance", namespace: "HT" },
      }),
      metric("cloud", "%", [0, 100], ["Cloud cover", "云量"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "CloudCover", namespace: "HT" },
      }),
      metric("pm10", "ug/m3", [0, 1500], ["PM10", "PM10"], {
        resolution: 1,
        dsx: { pointType: "PM10", namespace: "HT" },
      }),
      metric("humidity", "%", [0, 100], ["Humidity", "相对湿度"], {
        resolution: 0.1,
        dsx: { pointType: "AirRelativeHumidity" },
      }),
      metric("pressure", "hPa", [840, 940], ["Air pressure", "气压"], {
        resolution: 0.1,
        dsx: { pointType: "BarometricPressure", namespace: "HT" },
      }),
      metric("precipitation", "mm/h", [0, 20], ["Precipitation", "降水强度"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "Precipitation", namespace: "HT" },
      }),
      metric("snowDepth", "cm", [0, 40], ["Snow depth", "积雪深度"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "SnowDepth", namespace: "HT" },
      }),
      metric("visibility", "m", [0, 30_000], ["Visibility", "能见度"], {
        resolution: 10,
        dsx: { pointType: "Visibility", namespace: "HT" },
      }),
    ],
    { dsxObjectType: "Sensor" },
  ),
  spec(
    "system",
    "System",
    ["System", "系统"],
    [
      metric("heartbeat", "ms", [0, 4e12], ["Heartbeat", "心跳"], {
        resolution: 1,
        dsx: { pointType: "HeartbeatTimestampBms" },
      }),
    ],
    { dsxObjectType: "System" },
  ),
  spec(
    "centre",
    "Site",
    ["Compute centre", "算力中心"],
    [
      metric("idleCompute", "1", [0, 100_000], ["Idle compute (P)", "闲置算力(P)"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "IdleCompute", namespace: "HT" },
      }),
      metric("latency", "ms", [0, 60], ["Round trip", "往返时延"], {
        resolution: 0.1,
        dsx: { pointType: "RoundTrip", namespace: "HT" },
      }),
      metric("jobs", "1", [0, 1000], ["Jobs in flight", "调度任务"], {
        resolution: 1,
        steady: true,
        dsx: { pointType: "Jobs", namespace: "HT" },
      }),
      metric("transferRate", "Gbit/s", [0, 400], ["Job data on its line", "任务数据传输速率"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "TransferRate", namespace: "HT" },
      }),
      metric("stagedData", "TBy", [0, 5000], ["Data moved", "已迁移数据量"], {
        resolution: 0.1,
        steady: true,
        dsx: { pointType: "StagedData", namespace: "HT" },
      }),
      metric("reportedPue", "1", [1, 1.6], ["PUE, as reported", "PUE(对方上报)"], {
        resolution: 0.001,
        steady: true,
        dsx: { pointType: "ReportedPue", namespace: "HT" },
      }),
    ],
    { dsxObjectType: "GenericObject" },
  ),
  spec("portal", "Location", ["Place", "门户"], []),
  spec(
    "waterMeter",
    "Water_Meter",
    ["Water meter", "水表"],
    [
      metric("flow", "m3/h", [0, 400], ["Flow", "流量"], {
        resolution: 0.01,
        steady: true,
        dsx: { pointType: "WaterFlow", namespace: "HT" },
      }),
      metric("volume", "m3", [0, 1e9], ["Water register", "水表读数"], {
        kind: "counter",
        resolution: 0.01,
        steady: true,
        dsx: { pointType: "WaterVolume", namespace: "HT" },
      }),
    ],
    { dsxObjectType: "GenericObject" },
  ),
];

const byName = new Map(specs.map((s) => [s.name, s]));

/** The spec of a class; every `ClassName` has one. */
export const classSpec = (name: ClassName): ClassSpec => byName.get(name)!;

/** Position of a class on the wire, in frames and in logs. */
export const classIndex = (name: ClassName): number => classNames.indexOf(name);

/** Column of a metric in its class table, or −1. */
export const metricIndex = (name: ClassName, metricId: string): number =>
  classSpec(name).metrics.findIndex((m) => m.id === metricId);
