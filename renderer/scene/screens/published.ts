import { type Language, translator } from "#renderer/i18n/translate.ts";
import { halfOf } from "#renderer/ui/words.ts";
import type { Fact, Twin } from "#twins/model/twin.ts";
import type { ScreenContent, ScreenKey, Tile } from "./content.ts";

/** One figure of a published sentence: the pattern finds its digits where they stand in the original words. */
interface Part {
  readonly fact: string;
  readonly pattern: RegExp;
  readonly label: ScreenKey;
  readonly unit: ScreenKey;
}

interface PublishedScreen {
  readonly title: ScreenKey;
  readonly parts: readonly Part[];
  readonly columns: number;
}

/** The trading wall and the wall of the city brain: each with a mapping of its own from words to figures. */
export const publishedScreens: Readonly<Record<"exchange" | "cityBrain", PublishedScreen>> = {
  exchange: {
    title: "screen.exchange",
    columns: 3,
    parts: [
      { fact: "exchange", pattern: /超(\d+)款/, label: "screen.listed", unit: "screen.unit.listed" },
      { fact: "exchange", pattern: /(\d+)个数据专区/, label: "screen.zones", unit: "screen.unit.zones" },
      {
        fact: "exchange",
        pattern: /合作伙伴(\d+)家/,
        label: "screen.partners",
        unit: "screen.unit.partners",
      },
      { fact: "exchange", pattern: /数据交易(\d+)笔/, label: "screen.deals", unit: "screen.unit.deals" },
      {
        fact: "exchange",
        pattern: /交易额([\d.]+)万元/,
        label: "screen.turnover",
        unit: "screen.unit.turnover",
      },
    ],
  },
  cityBrain: {
    title: "screen.cityBrain",
    columns: 2,
    parts: [
      {
        fact: "city-brain",
        pattern: /(\d+)个信息系统/,
        label: "screen.systems",
        unit: "screen.unit.systems",
      },
      { fact: "city-brain-units", pattern: /(\d+)家/, label: "screen.units", unit: "screen.unit.units" },
    ],
  },
};

const tileOf = (twin: Twin, language: Language, { fact: id, pattern, label, unit }: Part): Tile | null => {
  const t = translator(language);
  const fact = twin.facts.find((each) => each.id === id && !each.quarantined);
  const digits = fact && pattern.exec(fact.quote);
  if (!digits) return null;
  const isOver = pattern.source.startsWith("超");
  const value = digits[1]!;
  return {
    label: t(label),
    value: isOver ? t("figure.over", { value }) : value,
    unit: t(unit),
    look: null,
    marks: [t("published.press")],
  };
};

/** Figures as they were printed: no time runs here, because nothing of them is live. */
export const publishedContent = (
  twin: Twin,
  screen: keyof typeof publishedScreens,
  language: Language,
): ScreenContent | null => {
  const t = translator(language);
  const { title, parts, columns } = publishedScreens[screen];
  const first: Fact | undefined = twin.facts.find(({ id }) => id === parts[0]?.fact);
  const tiles = parts.flatMap((part) => tileOf(twin, language, part) ?? []);
  if (!first || tiles.length === 0) return null;
  return {
    language,
    title: t(title),
    when: halfOf(first.date, language),
    marks: [t("screen.notLive")],
    columns,
    tiles,
    foot: t("screen.source", { source: halfOf(first.source, language), grade: t(`grade.${first.grade}`) }),
  };
};
