import type { FaultCode } from "#feed/contract/status.ts";

/** How one kind of data fault is told: its name, what happened, where to look, and what to do. */
export interface FaultText {
  readonly name: string;
  readonly what: string;
  readonly tip: string;
}

type FaultTexts = Readonly<Record<FaultCode, FaultText>>;

const en: FaultTexts = {
  "payload-malformed": {
    name: "Malformed payload",
    what: "A message was no valid JSON or Sparkplug payload, or its bulk bytes were torn. It was left out.",
    tip: "Look at the example topic's publisher: encoding must be UTF-8 JSON, a Sparkplug B payload or a whole bulk frame.",
  },
  "payload-too-large": {
    name: "Payload too large",
    what: "A message was larger than the limit and was not decoded.",
    tip: "Split it at the publisher; see the size limits in docs/WIRE.md.",
  },
  "value-type": {
    name: "Value is no number",
    what: "The value field held text, an object or a list. The point keeps its last value and ages.",
    tip: "Send numbers; map states to codes at the gateway.",
  },
  "value-not-finite": {
    name: "Value is not finite",
    what: "The value was NaN or infinite. The point keeps its last value and ages.",
    tip: "Check the sensor or the formula behind the point; send null with a bad quality instead.",
  },
  "value-null": {
    name: "Source has no reading",
    what: "The source sent null: it says that it has no reading. The point is shown as bad.",
    tip: "Check the sensor and its wiring on site.",
  },
  "value-range": {
    name: "Value out of range",
    what: "The value lies far outside what this metric can be. It was left out.",
    tip: "Check unit, scale factor and meter ratio at the gateway.",
  },
  "topic-unknown": {
    name: "Unknown topic",
    what: "The topic fits no pattern of a known wire.",
    tip: "Narrow the gateway's publishing rules, or add a pattern; see docs/WIRE.md.",
  },
  "point-unmapped": {
    name: "Point not mapped",
    what: "The wire is known, but no asset or metric of this twin carries that name.",
    tip: "Add the name to the twin's aliases file. The list is under Unmapped topics.",
  },
  "metadata-missing": {
    name: "Metadata missing",
    what: "Values came before their metadata. They are held and applied when it arrives.",
    tip: "Make the publisher retain its metadata and repeat it every 100 s.",
  },
  "metadata-invalid": {
    name: "Metadata invalid",
    what: "A metadata message or a Sparkplug birth lacks what is required, such as a unit, or contradicts itself.",
    tip: "Compare the example with the DSX Exchange BMS schema or docs/SPARKPLUG.md.",
  },
  "scenario-refused": {
    name: "Scenario refused",
    what: "A scenario message is malformed, or its publisher is not declared simulated or recorded. It is not shown.",
    tip: "A measured plant plays no scenario. Compare the example with docs/WIRE.md, Scenario.",
  },
  "unit-conflict": {
    name: "Unit conflict",
    what: "The declared unit cannot be turned into the metric's unit and the value was left out, or it changed.",
    tip: "Correct the unit in the publisher's metadata.",
  },
  "time-missing": {
    name: "Time missing",
    what: "The message had no source time; the time of receipt stands in for it.",
    tip: "Let the publisher send its sample time.",
  },
  "time-past": {
    name: "Time too far in the past",
    what: "The source time lies before 2000 or before what is kept. The value was left out.",
    tip: "Check the publisher's clock; 1970 means that it was never set. Use NTP.",
  },
  "time-future": {
    name: "Time in the future",
    what: "The source time lies ahead of the publisher's corrected clock. The value was left out.",
    tip: "Check the publisher's clock, its zone and NTP.",
  },
  duplicate: {
    name: "Duplicate",
    what: "The same sample arrived twice; the second was ignored.",
    tip: "Look for two gateways that publish one point, or for QoS 1 repeats.",
  },
  "out-of-order": {
    name: "Out of order",
    what: "A sample is older than the one shown. The newer one stays.",
    tip: "Normal in small numbers; else look for buffering gateways or shared subscriptions.",
  },
  "quality-bad": {
    name: "Bad quality",
    what: "The source itself says that the value cannot be trusted.",
    tip: "Check the sensor or controller behind the example.",
  },
  "sequence-gap": {
    name: "Gap in sequence",
    what: "Messages were lost between publisher and us. Points of bulk frames age; those of a Sparkplug node are uncertain until its next birth.",
    tip: "Look at the broker's queue limits and at the network.",
  },
  "derived-refused": {
    name: "Derived metric refused",
    what: "A publisher sent a metric that this product computes itself. The wire value was refused.",
    tip: "Stop publishing it, or publish it under a name of its own.",
  },
  "birth-missing": {
    name: "Data without a birth",
    what: "A Sparkplug node sent data without a valid birth, or after its death. It was not taken.",
    tip: "Ask the node to publish its birth again; with --allow-publish the product asks by itself.",
  },
  "session-mismatch": {
    name: "Session mismatch",
    what: "A Sparkplug death carried another session number than the birth in force. It was ignored.",
    tip: "Two nodes may share one id, or a node does not keep its bdSeq.",
  },
  "alias-unknown": {
    name: "Unknown alias",
    what: "Sparkplug data used an alias that no birth announced. The value was not taken.",
    tip: "Check that the node puts every alias into its birth.",
  },
  historical: {
    name: "Historical value",
    what: "A value was marked as historical. It never counts as current.",
    tip: "Normal after an outage: the node sends what it kept meanwhile.",
  },
  "type-unsupported": {
    name: "Type without a number",
    what: "A metric has a type that is no number (text, template, dataset, bytes). It is listed, not shown.",
    tip: "Nothing to do, unless the metric should be a number.",
  },
  "field-missing": {
    name: "Field missing",
    what: "A message does not have a field that the mapping file reads.",
    tip: "Compare the example with the mapping's paths.",
  },
  "state-unknown": {
    name: "Unknown state word",
    what: "A state word is not in the mapping's list. The point is uncertain.",
    tip: "Add the word to the mapping's states.",
  },
  gap: {
    name: "Gap in time",
    what: "A point came after more than one and a half of its periods.",
    tip: "Look at the gateway's polling and at the network.",
  },
  frozen: {
    name: "Frozen value",
    what: "A sensor repeats exactly one value for far longer than its kind does.",
    tip: "Check the sensor and the gateway's cache.",
  },
  "counter-reset": {
    name: "Register reset",
    what: "A cumulative register fell back. Energy windows begin anew there.",
    tip: "Normal when a meter was changed; else check its ratio and address.",
  },
  "counter-wrap": {
    name: "Register wrapped",
    what: "A cumulative register began again at its end. Energy goes on counting.",
    tip: "Normal for small registers.",
  },
  bounds: {
    name: "Bound reached",
    what: "A bounded queue or map was full; what came on top was counted and left out.",
    tip: "Look at rates and at the unmapped list; one publisher may be flooding.",
  },
};

const zh: FaultTexts = {
  "payload-malformed": {
    name: "载荷格式错误",
    what: "消息不是合法 JSON 或 Sparkplug 载荷,或批量帧字节残缺,已略去。",
    tip: "检查示例主题的发布端:应为 UTF-8 JSON、Sparkplug B 载荷或完整的批量帧。",
  },
  "payload-too-large": {
    name: "载荷过大",
    what: "消息超过大小上限,未解码。",
    tip: "请在发布端拆分;上限见 docs/WIRE.md。",
  },
  "value-type": {
    name: "数值类型错误",
    what: "数值字段是文本、对象或列表。测点保留旧值并逐渐变旧。",
    tip: "请发送数字;状态量请在网关映射为编码。",
  },
  "value-not-finite": {
    name: "数值非有限",
    what: "数值为 NaN 或无穷大。测点保留旧值并逐渐变旧。",
    tip: "检查传感器或计算公式;无读数时请发送 null 并标记无效。",
  },
  "value-null": {
    name: "源端无读数",
    what: "源端发送 null,表示没有读数。测点显示为无效。",
    tip: "请到现场检查传感器与接线。",
  },
  "value-range": {
    name: "数值超出量程",
    what: "数值远超该测点可能的范围,已略去。",
    tip: "检查网关中的单位、系数与电表倍率。",
  },
  "topic-unknown": {
    name: "未知主题",
    what: "主题不符合任何已知协议的格式。",
    tip: "收窄网关的发布规则,或补充模板;见 docs/WIRE.md。",
  },
  "point-unmapped": {
    name: "测点未映射",
    what: "协议可识别,但孪生中没有同名的资产或测点。",
    tip: "在孪生目录的别名文件中补充名称;清单见“未映射主题”。",
  },
  "metadata-missing": {
    name: "缺少元数据",
    what: "数值先于元数据到达;先保留,待元数据到达后采用。",
    tip: "发布端应保留(retain)元数据,并每 100 秒重发。",
  },
  "metadata-invalid": {
    name: "元数据无效",
    what: "元数据或 Sparkplug 上线报文缺少必填内容(如单位),或自相矛盾。",
    tip: "请与 DSX Exchange BMS 规范或 docs/SPARKPLUG.md 对照示例。",
  },
  "scenario-refused": {
    name: "拒收演练情景",
    what: "演练情景报文格式有误,或其发布端未声明为仿真或记录回放,不予显示。",
    tip: "实测园区不能播放演练。请对照 docs/WIRE.md 的 Scenario 一节检查示例。",
  },
  "unit-conflict": {
    name: "单位冲突",
    what: "声明的单位无法换算为该测点的单位,数值已略去;或运行中改变了单位。",
    tip: "请更正发布端元数据中的单位。",
  },
  "time-missing": {
    name: "缺少时间",
    what: "消息没有源端时间,以接收时间代替。",
    tip: "请让发布端发送采样时间。",
  },
  "time-past": {
    name: "时间过早",
    what: "源端时间早于 2000 年或早于保留范围,数值已略去。",
    tip: "检查发布端时钟;1970 年表示从未校时。请启用 NTP。",
  },
  "time-future": {
    name: "时间超前",
    what: "源端时间超前于修正后的发布端时钟,数值已略去。",
    tip: "检查发布端的时钟、时区与 NTP。",
  },
  duplicate: {
    name: "重复样本",
    what: "同一样本到达两次,后到者已忽略。",
    tip: "检查是否有两个网关发布同一测点,或 QoS 1 重发。",
  },
  "out-of-order": {
    name: "乱序样本",
    what: "样本早于当前显示值;保留较新的数值。",
    tip: "少量属正常;过多时检查缓存网关或共享订阅。",
  },
  "quality-bad": {
    name: "质量无效",
    what: "源端声明该数值不可信。",
    tip: "检查示例对应的传感器或控制器。",
  },
  "sequence-gap": {
    name: "序号缺口",
    what: "发布端与本机之间丢失了消息:批量帧的测点逐渐变旧,Sparkplug 节点的测点在下次上线报文前存疑。",
    tip: "检查消息代理的队列上限与网络。",
  },
  "derived-refused": {
    name: "拒收计算量",
    what: "发布端发送了由本产品计算的指标,已拒收。",
    tip: "请停止发布,或改用其他名称。",
  },
  "birth-missing": {
    name: "缺少上线报文",
    what: "Sparkplug 节点在没有有效上线报文时、或在离线之后发送了数据,未采用。",
    tip: "请让该节点重新发布上线报文;使用 --allow-publish 时本产品会自动请求。",
  },
  "session-mismatch": {
    name: "会话不符",
    what: "Sparkplug 离线报文的会话号与当前上线报文不同,已忽略。",
    tip: "可能有两个节点共用同一编号,或节点未保存 bdSeq。",
  },
  "alias-unknown": {
    name: "未知别名",
    what: "Sparkplug 数据使用了上线报文未声明的别名,未采用。",
    tip: "请检查节点是否在上线报文中声明了全部别名。",
  },
  historical: {
    name: "历史数据",
    what: "数值标记为历史数据,不作为当前值。",
    tip: "中断恢复后属正常:节点补发此前缓存的数据。",
  },
  "type-unsupported": {
    name: "非数值类型",
    what: "该测点类型不是数值(文本、模板、数据集、字节),仅列出,不显示。",
    tip: "除非应为数值,否则无需处理。",
  },
  "field-missing": {
    name: "缺少字段",
    what: "报文中没有映射文件要读取的字段。",
    tip: "请对照示例检查映射文件的路径。",
  },
  "state-unknown": {
    name: "未知状态词",
    what: "状态词不在映射文件的列表中,测点标为存疑。",
    tip: "请将该词加入映射文件的 states。",
  },
  gap: {
    name: "时间缺口",
    what: "测点间隔超过其周期的一倍半。",
    tip: "检查网关轮询与网络。",
  },
  frozen: {
    name: "数值冻结",
    what: "传感器长时间重复同一数值,远超同类。",
    tip: "检查传感器与网关缓存。",
  },
  "counter-reset": {
    name: "表底回退",
    what: "累计表底变小,电量窗口从该处重新开始。",
    tip: "更换电表后属正常;否则请检查倍率与地址。",
  },
  "counter-wrap": {
    name: "表底翻转",
    what: "累计表底到达量程终点后从头开始,电量继续累计。",
    tip: "小量程表属正常。",
  },
  bounds: {
    name: "达到上限",
    what: "有界队列或映射表已满,超出部分已计数并略去。",
    tip: "检查速率与未映射清单,可能有发布端发送过量。",
  },
};

/** Texts of a data fault in the user's language. */
export const faultText = (language: "zh" | "en", code: FaultCode): FaultText =>
  (language === "zh" ? zh : en)[code];
