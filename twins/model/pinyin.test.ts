import { describe, expect, it } from "vitest";
import { pinyinInitials } from "./pinyin.ts";

describe("pinyinInitials", () => {
  it.each([
    ["智算机楼", "zsjl"],
    ["智算机楼(示意)", "zsjlsy"],
    ["呼和浩特", "hhht"],
    ["和林格尔", "hlge"],
    ["北京芜湖贵州苏州", "bjwhgzsz"],
    ["重庆", "cq"],
    ["变电站", "bdz"],
    ["冷却塔", "lqt"],
    ["风机", "fj"],
    ["光伏组串架", "gfzcj"],
    ["内蒙古数据交易中心", "nmgsjjyzx"],
    ["欧拉热网", "olrw"],
    ["110 kV变电站", "110kvbdz"],
    ["安八才大额发高汗机卡来马那欧怕起然三他万西一在", "abcdefghjklmnopqrstwxyz"],
    ["奥不错对二富过货军阔落目诺藕铺群润所拖雾迅韵做", "abcdefghjklmnopqrstwxyz"],
    ["", ""],
  ])("%s → %s", (text, expected) => {
    expect(pinyinInitials(text)).toBe(expected);
  });
});
