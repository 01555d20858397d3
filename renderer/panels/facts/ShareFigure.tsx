import { formatNumber } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { percentIn } from "./words.ts";

const radius = 46;
const round = 2 * Math.PI * radius;

/** The published share of AI compute as a ring: dashed, because it is no measurement. */
export const ShareFigure = () => {
  const t = useT();
  const { twin } = useServices();
  const fact = twin.facts.find(({ id }) => id === "ai-share");
  const share = fact && percentIn(fact.quote);
  if (!fact || share === undefined) return null;
  const part = (round * share) / 100;
  return (
    <div className="ring-figure">
      <svg
        viewBox="-60 -60 120 120"
        role="img"
        aria-label={t("figure.shareRing", { share: formatNumber(share) })}
      >
        <circle r={radius} className="ring-rest" />
        <circle
          r={radius}
          className="ring-part"
          strokeDasharray={`${part} ${round - part}`}
          transform="rotate(-90)"
        />
        <circle r={radius + 9} className="ring-dash" />
        <text className="ring-number" y="4">
          {formatNumber(share)}
          <tspan className="ring-unit"> %</tspan>
        </text>
        <text className="ring-word" y="22">
          {t("figure.shareAi")}
        </text>
      </svg>
      <p className="dim">{t("figure.shareNote")}</p>
    </div>
  );
};
