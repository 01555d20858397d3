import { usePoint } from "#renderer/stores/points.ts";
import { useSiteSecond } from "#renderer/ui/clock.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { lookOf, whileCurrent } from "#renderer/ui/look.ts";
import { PointDigits } from "#renderer/ui/PointValue.tsx";
import { SessionMarks } from "#renderer/ui/SessionMarks.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteDate, formatSiteTime, formatSiteWeekday } from "#renderer/ui/time.ts";
import { useTitle } from "#renderer/ui/title.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { type Sky, skyOf } from "./weather.ts";

/** Weather on the left, the name of the place in the middle, date and time on the right. */
export const WallHead = () => {
  const title = useTitle();
  return (
    <header className="wall-head">
      <div className="wall-corner">
        <WallWeather />
        <SessionMarks />
      </div>
      <h1 className="wall-title">{title}</h1>
      <WallClock />
    </header>
  );
};

const WallClock = () => {
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const timeMs = useSiteSecond();
  return (
    <time className="wall-corner wall-clock" dateTime={new Date(timeMs).toISOString()}>
      <span className="wall-time">{formatSiteTime(timeMs, utcOffsetMin)}</span>
      <span>
        {formatSiteDate(language, timeMs, utcOffsetMin)} {formatSiteWeekday(language, timeMs, utcOffsetMin)}
      </span>
    </time>
  );
};

const station: AssetRef = { className: "weatherStation", row: 0 };

/** The site's own weather station; nothing when the twin has none. */
const WallWeather = () => {
  const t = useT();
  const { twin } = useServices();
  const hasStation = twin.table("weatherStation").count > 0;
  const at = hasStation ? station : null;
  const temperature = whileCurrent(usePoint(at, "airTemperature"));
  const cloud = usePoint(at, "cloud");
  const dust = whileCurrent(usePoint(at, "pm10"));
  const wind = whileCurrent(usePoint(at, "windSpeed"));
  if (!hasStation) return null;
  const hasWind = wind !== undefined && wind.value !== null;
  const isKnown = lookOf(cloud) === "good" || lookOf(cloud) === "late";
  const sky: Sky | null = isKnown ? skyOf(cloud?.value ?? null, dust?.value ?? null) : null;
  return (
    <div className="wall-weather">
      {sky && <span>{t(`wall.${sky}`)}</span>}
      <PointDigits point={temperature} />
      {hasWind && <span>{t("wall.windSpeed", { speed: `${formatNumber(wind?.value ?? 0, 1)} m/s` })}</span>}
    </div>
  );
};
