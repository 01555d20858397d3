import { editProblemCodes } from "#feed/contract/edit.ts";
import { plantProblemCodes } from "#feed/contract/plant.ts";
import type { TwinProblemCode } from "#twins/model/schema.ts";
import { twinProblemCodes } from "#twins/model/schema.ts";
import { enEditProblems, zhEditProblems } from "./edit-problems.ts";
import { enPlantProblems, zhPlantProblems } from "./plant-problems.ts";
import type { Language } from "./translate.ts";

/** How one kind of problem in a twin's files is told; the file's own detail stands beside it. */
export interface ProblemText {
  readonly what: string;
  readonly tip: string;
}

type ProblemTexts = Readonly<Record<TwinProblemCode, ProblemText>>;

const leftOut = {
  en: "Correct this entry; it is left out until then.",
  zh: "请更正该条目;在此之前略去不显示。",
} as const;

const en: ProblemTexts = {
  "twin-json-syntax": {
    what: "The file is no valid JSON here.",
    tip: "Correct the syntax at this line; assets that could still be read are shown.",
  },
  "twin-file-missing": {
    what: "A file that is named does not exist.",
    tip: "Add the file or remove its name.",
  },
  "twin-field-missing": { what: "A required field is missing.", tip: leftOut.en },
  "twin-field-type": { what: "A field has the wrong type.", tip: leftOut.en },
  "twin-field-range": { what: "A value lies outside what is allowed.", tip: leftOut.en },
  "twin-field-unknown": {
    what: "A field has an unknown name.",
    tip: "Check the spelling; docs/TWIN-DIRECTORY.md lists the fields.",
  },
  "twin-class-unknown": { what: "There is no such class of assets.", tip: leftOut.en },
  "twin-cooling-unknown": { what: "There is no such cooling system.", tip: leftOut.en },
  "twin-template-unknown": { what: "There is no such hall template.", tip: leftOut.en },
  "twin-template-too-large": { what: "The template does not fit into the building.", tip: leftOut.en },
  "twin-duplicate-id": {
    what: "The name is already taken.",
    tip: "Give it another name; the first one counts.",
  },
  "twin-overlap": {
    what: "Two buildings stand on the same ground.",
    tip: "Move one of them, or change its size.",
  },
  "twin-link-unknown": { what: "A link leads to an asset that does not exist.", tip: leftOut.en },
  "twin-alias-malformed": {
    what: "A line of the aliases file cannot be read.",
    tip: "Write the external name, a comma, and the asset's id.",
  },
  "twin-alias-unknown": {
    what: "An alias leads to an asset that does not exist.",
    tip: "Check the asset's id in the tree or by search.",
  },
  "twin-list-malformed": {
    what: "An asset list cannot be read here.",
    tip: "The first line names the columns; every other line has as many cells.",
  },
  "twin-parent-unknown": {
    what: "An asset stands in a place that no asset list has.",
    tip: "List its parent too: the id without its last segment.",
  },
};

const zh: ProblemTexts = {
  "twin-json-syntax": { what: "此处不是合法的 JSON。", tip: "请更正该行语法;仍可读出的资产照常显示。" },
  "twin-file-missing": { what: "引用的文件不存在。", tip: "请补充该文件,或删除引用。" },
  "twin-field-missing": { what: "缺少必填字段。", tip: leftOut.zh },
  "twin-field-type": { what: "字段类型不对。", tip: leftOut.zh },
  "twin-field-range": { what: "数值超出允许范围。", tip: leftOut.zh },
  "twin-field-unknown": { what: "字段名称未知。", tip: "请检查拼写;字段清单见 docs/TWIN-DIRECTORY.md。" },
  "twin-class-unknown": { what: "没有这种资产类别。", tip: leftOut.zh },
  "twin-cooling-unknown": { what: "没有这种制冷方式。", tip: leftOut.zh },
  "twin-template-unknown": { what: "没有这个机房模板。", tip: leftOut.zh },
  "twin-template-too-large": { what: "模板放不进该机楼。", tip: leftOut.zh },
  "twin-duplicate-id": { what: "编号或名称已被占用。", tip: "请改用其他名称;以先出现者为准。" },
  "twin-overlap": { what: "两座机楼占地重叠。", tip: "请移动其中一座,或修改尺寸。" },
  "twin-link-unknown": { what: "供给关系指向不存在的资产。", tip: leftOut.zh },
  "twin-alias-malformed": { what: "别名文件中有一行无法读取。", tip: "格式:外部名称,逗号,资产编号。" },
  "twin-alias-unknown": { what: "别名指向不存在的资产。", tip: "请在资产树中或用搜索核对编号。" },
  "twin-list-malformed": {
    what: "资产清单此处无法读取。",
    tip: "首行写列名;其余各行的单元格数须与首行相同。",
  },
  "twin-parent-unknown": {
    what: "资产所在的上级不在任何资产清单中。",
    tip: "请把上级也列入清单:即去掉编号最后一段。",
  },
};

/** Texts of a twin's problem, or of a refused edit or fault, in the user's language; undefined for any other code. */
export const problemText = (language: Language, code: string): ProblemText | undefined => {
  const known = twinProblemCodes.find((each) => each === code);
  if (known) return (language === "zh" ? zh : en)[known];
  const refused = editProblemCodes.find((each) => each === code);
  if (refused) return (language === "zh" ? zhEditProblems : enEditProblems)[refused];
  const unplanted = plantProblemCodes.find((each) => each === code);
  return unplanted && (language === "zh" ? zhPlantProblems : enPlantProblems)[unplanted];
};
