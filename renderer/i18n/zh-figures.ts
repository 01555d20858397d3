import type { enFigures } from "./en-figures.ts";

/** 公开数据与孪生对照的文本。 */
export const zhFigures: Readonly<Record<keyof typeof enFigures, string>> = {
  "figures.none": "此孪生没有可对照的公开数据。",
  "figures.cardTip": "查看整张资料卡;{grade}",
  "figure.over": "超 {value}",

  "figure.share": "智能算力占比",
  "figure.shareRing": "公布的智能算力占比:{share} %。非遥测。",
  "figure.shareAi": "智能算力",
  "figure.shareNote": "公布值,非遥测:环以虚线表示,不随数据变化。",

  "figure.trend": "公布的算力规模",
  "figure.trendPlot": "公布的算力规模随时间的各点,注明日期与等级",
  "figure.trendNote":
    "只画各点:虚线仅引导视线,两点之间未知。P(精度未注明)。口径不同,从不相加;不参与计算的数不画。“2025年春”在时间轴上的位置为本项目推算(D)。",

  "figure.green": "绿电",
  "figure.greenOwn": "本孪生当前",
  "figure.greenOwnNote": "园区风光 ÷ 瞬时总功率,不含绿证",
  "figure.greenNote":
    "虚线条为公布值,定义与日期不同。示范项目全年约可供负荷的 16%(推算,D 级):“超80%”中的大部分只能来自其他采购。",

  "figure.price": "电价",
  "figure.priceNone": "未配置电价:此处不计任何费用,公布的电价也不会代替它。",
  "figure.priceSource": "已配置电价:{source},{date}",
  "figure.price.deepValley": "深谷",
  "figure.price.valley": "谷",
  "figure.price.flat": "平",
  "figure.price.peak": "峰",
  "figure.price.sharp": "尖",

  "figure.stages": "建设阶段",
  "figure.stagesUnit": "栋",
  "figure.stagesNote":
    "孪生中共 {all} 栋机楼,示意布局:已建为实体,在建为半高并有塔吊,规划为轮廓线。机楼不等于项目:公布的46个项目是另一口径。",

  "figure.inference": "一次请求:词元、能耗、碳",
  "figure.inference.bonc": "向办公大模型提问一次",
  "figure.inference.report": "解读一份检验报告",
  "figure.inference.request": "次请求",
  "figure.inference.tokens": "输出词元",
  "figure.inference.itWh": "Wh 服务器侧",
  "figure.inference.facilityWh": "Wh 含制冷与损耗",
  "figure.inference.grams": "克 CO₂",
  "figure.inference.assumed": "假设",
  "figure.inference.a.tokens": "词元:提问 {bonc},报告 {report}(本项目假设)。",
  "figure.inference.a.energy":
    "能耗:输出 {tokens} 词元约 {wh} Wh,为外部对大模型的估计({source},{date}),按词元数折算(本项目假设)。",
  "figure.inference.a.pue": "PUE:{pue},本园区最近 15 分钟。",
  "figure.inference.a.ratio": "功率比:{pue},本园区瞬时值;PUE 电量窗口累积中。",
  "figure.inference.a.fossil":
    "碳:{factor} 克/Wh,由63.5万吨与7.6亿千瓦时推算(D 级)。为化石电力因子口径,不是电网平均因子;使用绿电则更低。",
  "figure.inference.a.configured": "碳:{factor} 克/Wh,已配置:{source}({year}年)。",

  "figure.swing": "清晨的训练功率摆动",
  "figure.swingNow": "万卡智算机楼,当前 IT 功率",
  "figure.swingPlaying": "该情景正在演练:场景上方的条带说明其经过。",
  "figure.swingHow": "有一个情景演练训练任务的功率摆动:",

  "figure.walls": "场景中的大屏",
  "figure.walls.noc": "本孪生自己的数值,带状态标记",
  "figure.walls.exchange": "公布值,注明出处与日期;没有实时交易",
  "figure.walls.cityBrain": "公布值,注明出处与日期",
};
