import { PointFaults } from "#renderer/ui/PointFaults.tsx";
import { PointReceived } from "#renderer/ui/Received.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { Section } from "./Section.tsx";

/** What was wrong with an asset's points, a line for each that has something; nothing where it has no points of its own. */
export const AssetQuality = ({ asset }: { asset: AssetRef }) => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  const { value } = useAnswer("quality.list", { asset: twin.idOf(asset) }, 2_000);
  if (!value || value.points.length === 0) return null;
  const doubted = value.points.filter(({ faults }) => faults.length > 0);
  const fine = value.points.length - doubted.length;
  const nameOfMetric = (id: string): string => {
    const metric = classSpec(asset.className).metrics.find((each) => each.id === id);
    return metric ? local(metric.name) : id;
  };
  return (
    <Section title={t("dataQuality.ofAsset")}>
      {doubted.map((point) => (
        <div key={point.metric} className="quality-line">
          <span className="quality-head">
            <span>{nameOfMetric(point.metric)}</span>
            <PointReceived of={point} />
          </span>
          <PointFaults point={point} />
        </div>
      ))}
      {fine > 0 && (
        <p className="note">
          {doubted.length === 0
            ? t("dataQuality.allFine", { count: fine })
            : t("dataQuality.othersFine", { count: fine })}
        </p>
      )}
    </Section>
  );
};
