import type { ReactNode } from "react";
import type { Language } from "#renderer/i18n/translate.ts";
import { useFeedSecond, useSiteSecond } from "#renderer/ui/clock.ts";
import { useFaultsInForce } from "#renderer/ui/faults.ts";
import { Mark } from "#renderer/ui/Mark.tsx";
import { SessionMarks } from "#renderer/ui/SessionMarks.tsx";
import { useGuide, useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatOffset, formatSiteClock, formatSiteTime } from "#renderer/ui/time.ts";
import { useTitle } from "#renderer/ui/title.ts";
import { SearchBox } from "./SearchBox.tsx";

const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: "zh", name: "中文" },
  { id: "en", name: "EN" },
];

/**
 * Product, what kind of picture this is, search, language, site time.
 * @param tools what stands behind the search
 */
export const TopBar = ({ tools }: { tools: ReactNode }) => {
  const title = useTitle();
  return (
    <header className="glass top-bar">
      <h1 className="product">{title}</h1>
      <SessionMarks>
        <InjectedMark />
      </SessionMarks>
      <SearchBox />
      {tools}
      <LanguageSwitch />
      <SiteClock />
    </header>
  );
};

/** Faults put into our own simulated plant must not pass for its usual life. */
const InjectedMark = () => {
  const t = useT();
  const { length: count } = useFaultsInForce();
  if (count === 0) return null;
  return <Mark kind="simulated" text={t("inject.mark", { count })} tip={t("inject.markTip")} />;
};

const LanguageSwitch = () => {
  const t = useT();
  const language = useLanguage();
  const { view } = useServices();
  return (
    <fieldset className="segments" aria-label={t("language.switch")}>
      {languages.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          lang={id === "zh" ? "zh-CN" : "en"}
          aria-pressed={language === id}
          onClick={() => view.setState({ language: id })}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
};

const SiteClock = () => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const timeMs = useSiteSecond();
  const isDrill = useGuide(({ shown }) => shown !== null);
  return (
    <span className="site-clock">
      {isDrill && <Mark kind="simulated" text={t("drill.plantTime")} />}
      <time title={t("clock.site")} dateTime={new Date(timeMs).toISOString()}>
        {formatSiteClock(language, timeMs, utcOffsetMin)}
        <span className="unit">{formatOffset(utcOffsetMin)}</span>
      </time>
      {isDrill && <OurClock />}
    </span>
  );
};

/** While the picture shows a plant's own time: ours, which values are received and age by. */
const OurClock = () => {
  const t = useT();
  const { utcOffsetMin } = useServices().twin.site;
  return (
    <span className="dim">{t("drill.ourTime", { time: formatSiteTime(useFeedSecond(), utcOffsetMin) })}</span>
  );
};
