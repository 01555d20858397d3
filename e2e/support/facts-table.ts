/** Ids of CAMPUS §1 with what each of its rows quotes, in the original words: a fact that is lost or changed goes red here. */
export const quotedFigures: Readonly<Record<string, readonly string[]>> = {
  "city-titles": ["中国算力二十强市", "中国云谷"],
  "cmcc-aidc": ["总投资46.6亿元", "全球运营商最大单体智算中心", "6700P智能算力"],
  "ai-share": ["智能算力占比高达95%"],
  "city-compute": ["6.7万P的投用算力规模", "稳居全国八大枢纽前列"],
  dispatch: ["2025年1月", "多云算力资源监测与调度平台", "上线运行"],
  "six-cities": ["北京、芜湖、贵州、重庆、苏州五地算力调度系统互联", "和京芜贵渝苏"],
  "first-orders": ["3693万P的首批算力交易订单"],
  "remote-use": ["调用新区的闲置算力资源"],
  "wind-solar-storage": ["绿电使用率突破80%", "光伏板与数据中心冷却塔交相辉映"],
  "green-project": ["绿色能源供给示范项目年减碳63.5万吨"],
  price: ["电价低至0.32元/千瓦时"],
  bonc: ["投资30亿元", "1万个数据机柜昼夜运转", "幕僚智数大模型"],
  paratera: ["投资30亿元建设的万卡智算集群", "6万P算力集群"],
  pipeline: ["46个,总投资超2500亿元"],
  "new-deals": ["超过250亿元", "17个", "三六零", "邮政集团", "中国石油"],
  bytedance: ["字节跳动"],
  "med-ai": ["7家医疗机构", "超10万份检验报告", "华为医疗大模型", "青城云"],
  "city-brain": ["349个信息系统", "109家单", "智慧城市指挥中心"],
  "p4-lab": ["143亿条公共数据", "15个高质量数据集", "上百家算法企业"],
  annotation: ["2000名标注员每日处理百万级数据", "20余家"],
  exchange: ["超513款", "15个数据专区", "382家", "51笔", "5860.27万元"],
  "data-services": ["200余家", "31个数据资产登记证书", "2期", "2000余次", "四个专区", "人才培训中心"],
  "digital-park": ["1252家", "97家", "3315人", "19.2亿元", "90%", "45家", "斑马集团", "超图", "CSPON"],
  "policy-fund": ["1.28亿元年度专项资金", "人工智能+", "六大产业集群"],
  "two-hour-circle": ["两小时创新圈", "京数蒙算", "前店后厂", "人才科创飞地"],
  ranking: ["第26位", "65个典型案例场景"],
  economy: ["172亿元,占GDP比重达4.2%"],
  landmarks: ["超聚变服务器北方生产基地", "人工智能体验馆", "人才创新谷", "2024中国绿色算力"],
};

/** What must stand beside a quoted figure, in each language (CAMPUS §1, inconsistencies). */
export const labels: Readonly<Record<string, Readonly<Record<"zh" | "en", readonly string[]>>>> = {
  "cmcc-aidc": {
    zh: ["不可相加", "10%(推算", "精度未注明"],
    en: ["never added", "10 %", "derived", "precision not stated"],
  },
  "first-orders": {
    zh: ["原文如此,口径不明,不参与计算", "不参与计算"],
    en: ["As quoted, unit unclear, excluded from sums", "Excluded from all sums"],
  },
  "city-compute": { zh: ["“投用”不等于“在用”", "精度未注明"], en: ["not in use", "precision not stated"] },
  "paratera-compute": {
    zh: ["报道值", "90%", "精度未注明"],
    en: ["As reported", "90 %", "precision not stated"],
  },
  bonc: { zh: ["报道值,与公司口径不一致", "8 栋", "2500 柜"], en: ["As reported", "8 buildings", "2,500"] },
  "green-project": { zh: ["按化石电力因子口径(推算)"], en: ["fossil-power factor (derived)"] },
  price: { zh: ["低至", "不作为默认电价"], en: ["As low as", "never a default tariff"] },
  "wind-solar-storage": { zh: ["84.57%", "超86%", "43%"], en: ["84.57 %", "over 86 %", "43 %"] },
  "site-energy-mean": {
    zh: ["565 MW", "554 MW", "不强行对平"],
    en: ["565 MW", "554 MW", "not reconciled by force"],
  },
  "site-racks-cluster": { zh: ["集宁", "不强行对平"], en: ["集宁", "not reconciled by force"] },
};
