import type { Twin } from "#twins/model/twin.ts";
import type { Observations } from "./observe.ts";
import { type Draft, draftsOf } from "./propose.ts";
import type { Field } from "./propose-fields.ts";

/** A proposed mapping: its text, and what it holds. */
export interface ProposedMapping {
  readonly text: string;
  /** Templates and values in effect. */
  readonly templates: number;
  readonly values: number;
  /** Values written as remarks: somebody has to say what they are. */
  readonly remarks: number;
}

const json = (value: unknown): string => JSON.stringify(value);

/** A control character or line end in a name must not end a remark. */
const remark = (text: string): string => `// ${text.replace(/\p{C}/gu, " ")}`;

/** In effect: its name says what it is and in which unit, once per asset and message. */
const isCertain = ({ metric, perAsset }: Field): boolean =>
  metric !== null && metric.unit !== null && metric.kind !== "state" && perAsset === 1;

const meaningOf = ({ metric }: Field): string =>
  metric?.unit === "1" || metric?.unit === null
    ? `"metric": ${json(metric.metric)}`
    : `"metric": ${json(metric?.metric)}, "unit": ${json(metric?.unit)}`;

const whyNot = ({ metric, like, perAsset, seen }: Field): string => {
  const why =
    metric === null
      ? like.length > 0
        ? `perhaps ${like.join(" or ")}`
        : "no metric of its asset is called so"
      : metric.kind === "state"
        ? `${metric.metric}: say which word is which state: ${metric.states?.map(({ code, en }) => `${code} ${en}`).join(", ")}`
        : perAsset > 1
          ? `${perAsset} of one asset in a message: add "reduce" if ${metric.metric} is made of them`
          : `${metric.metric}: the unit is not said`;
  return `${why} (seen ${seen})`;
};

const fieldLine = (field: Field, draft: Draft, isShared: boolean): string => {
  const optional = isShared && !draft.signal ? ', "optional": true' : "";
  const head = draft.signal ? `${json(field.label)}: { ` : `{ "path": ${json(field.label)}, `;
  if (isCertain(field)) return `        ${head}${meaningOf(field)}${optional} },`;
  const meaning = field.metric
    ? `"metric": ${json(field.metric.metric)}, "unit": "?"`
    : `"metric": "?", "unit": "?"`;
  return `        ${remark(`${head}${meaning} },  ${whyNot(field)}`)}`;
};

const templateLines = (draft: Draft, name: string, isShared: boolean): readonly string[] => {
  const { topic, each, when, asset, time, signal, fields } = draft;
  const timeText =
    time &&
    `{ "path": ${json(time.path)}, "format": ${json(time.format)}${time.zone === null ? "" : `, "zone": ${json(time.zone)}`} }`;
  const body = fields.map((field) => fieldLine(field, draft, isShared));
  return [
    "    {",
    `      "name": ${json(name)},`,
    `      "topic": ${json(topic)},`,
    ...(each === null ? [] : [`      "each": ${json(each)},`]),
    ...(Object.keys(when).length === 0 ? [] : [`      "when": ${json(when)},`]),
    `      "asset": ${json(asset?.words ?? "?")},`,
    ...(timeText === null
      ? [`      ${remark("no time was found: values have that of their receipt, and are uncertain")}`]
      : [
          ...(time?.zone ? [`      ${remark("the zone is what brings these times to our clock")}`] : []),
          `      "time": ${timeText},`,
        ]),
    ...(signal
      ? [
          `      "signal": ${json(`{${signal.name}}`)},`,
          `      "path": ${json(signal.value)},`,
          '      "signals": {',
          ...body,
          "      },",
        ]
      : ['      "values": [', ...body, "      ],"]),
    "    },",
  ];
};

const introOf = ({ asset, messages, example }: Draft): readonly string[] => [
  remark(`seen ${messages} times: ${example}`),
  asset
    ? remark(`${asset.resolved} of ${asset.names} names are assets here`)
    : remark(
        'no text of these messages is an asset or an alias here: add an alias file, and say it in "asset"',
      ),
];

/** Writes the mapping that these observations allow; everything that is not certain is a remark in it. */
export const proposeMapping = (twin: Twin, seen: Observations): ProposedMapping => {
  const drafts = seen.kinds.flatMap((kind) => draftsOf(twin, kind));
  const lines: string[] = [];
  const counts = { templates: 0, values: 0, remarks: 0 };
  for (const [i, draft] of drafts.entries()) {
    const certain = draft.fields.filter(isCertain).length;
    const isActive = draft.asset !== null && certain > 0;
    const isShared = drafts.some((other) => other !== draft && other.topic === draft.topic);
    const text = templateLines(draft, `proposed-${i + 1}`, isShared);
    lines.push(...introOf(draft).map((line) => `    ${line}`));
    lines.push(...(isActive ? text : text.map((line) => `    ${remark(line.slice(4))}`)));
    counts.templates += isActive ? 1 : 0;
    counts.values += isActive ? certain : 0;
    counts.remarks += draft.fields.length - (isActive ? certain : 0);
  }
  const text = [
    remark(
      `Proposed from ${seen.messages} messages. In effect is only what names say; the rest is for you to decide.`,
    ),
    remark("docs/JSON-WIRE.md explains every field."),
    "{",
    '  "mapping": 1,',
    '  "templates": [',
    ...lines,
    "  ],",
    "}",
    "",
  ].join("\n");
  return { text, ...counts };
};
