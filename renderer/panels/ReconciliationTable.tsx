import { nameOf } from "#renderer/ui/assets.ts";
import { formatNumber, formatShare } from "#renderer/ui/format.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLocal, useT } from "#renderer/ui/text.ts";

/** The reconciliation table (对账表): every block's racks × kW × occupancy × load, the sum, and the residual to the published load. */
export const ReconciliationTable = () => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  const { lines, sumMw, publishedMw, residualMw, note } = twin.reconciliation;
  // A block of many like buildings is no asset of its own: its zone names it, its path tells it apart.
  const scopeName = (scope: string): string => {
    const asset = twin.find(scope) ?? twin.find(scope.split("/", 1)[0] ?? "");
    return asset ? local(nameOf(twin, asset)) : "";
  };
  return (
    <table className="table">
      <caption>
        {t("reconciliation.intro")} <span className="dim">{local(note)}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t("reconciliation.scope")}</th>
          <th scope="col" className="number">
            {t("reconciliation.racks")}
          </th>
          <th scope="col" className="number">
            {t("reconciliation.kwPerRack")}
          </th>
          <th scope="col" className="number">
            {t("reconciliation.occupancy")}
          </th>
          <th scope="col" className="number">
            {t("reconciliation.load")}
          </th>
          <th scope="col" className="number">
            {t("reconciliation.mw")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.scope}>
            <th scope="row">
              {scopeName(line.scope)} <code className="dim">{line.scope}</code>
            </th>
            <td className="number">{formatNumber(line.racks)}</td>
            <td className="number">{formatNumber(line.kwPerRack, 1)}</td>
            <td className="number">{formatShare(line.occupancy, 0)}</td>
            <td className="number">{formatShare(line.load, 0)}</td>
            <td className="number">{formatNumber(line.mw, 1)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <Total name={t("reconciliation.sum")} mw={sumMw} />
        <Total name={t("reconciliation.published")} mw={publishedMw} />
        <Total name={t("reconciliation.residual")} mw={residualMw} />
      </tfoot>
    </table>
  );
};

const Total = ({ name, mw }: { name: string; mw: number }) => (
  <tr>
    <th scope="row" colSpan={5}>
      {name}
    </th>
    <td className="number">{formatNumber(mw, 1)}</td>
  </tr>
);
