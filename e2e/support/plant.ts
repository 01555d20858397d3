import { connectAsync, type MqttClient } from "mqtt";
import { get } from "sparkplug-payload";
import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";

/** A plant of 960 racks and their machines that nobody wrote a twin directory for: about 5,000 points. */

const buildings = 2;
const hallsPerBuilding = 4;
const rowsPerHall = 6;
const racksPerRow = 20;
const rackMetrics = ["load", "power", "inletTemperature", "outletTemperature", "leakDetect"];
const periodMs = 4_000;

interface Machine {
  readonly className: ClassName;
  readonly building: string;
  readonly hall: string | null;
  /** Name within its hall or building. */
  readonly name: string;
  readonly metrics: readonly MetricSpec[];
  /** Other machines, by the same name. */
  readonly serves: readonly Machine[];
}

const two = (number: number): string => String(number).padStart(2, "0");

const metricsOf = (className: ClassName, wanted?: readonly string[]): readonly MetricSpec[] =>
  classSpec(className).metrics.filter(
    ({ id, derived, dsx }) => dsx && !derived && (wanted?.includes(id) ?? true),
  );

const times = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i + 1));

const hallOf = (building: string, hall: string): Machine[] => {
  const at = { building, hall };
  const rows = times(rowsPerHall, (row) =>
    times(
      racksPerRow,
      (rack): Machine => ({
        ...at,
        className: "rack",
        name: `R${two(row)}-K${two(rack)}`,
        metrics: metricsOf("rack", rackMetrics),
        serves: [],
      }),
    ),
  );
  const racks = rows.flat();
  const unit = (className: ClassName, name: string, serves: readonly Machine[]): Machine => ({
    ...at,
    className,
    name,
    metrics: metricsOf(className),
    serves,
  });
  return [
    ...racks,
    ...times(4, (n) => unit("crah", `CRAH${two(n)}`, racks)),
    ...times(2, (n) => unit("ups", `UPS${n}`, racks)),
    unit("cdu", "CDU01", rows[0]!),
  ];
};

const buildingOf = (building: string): Machine[] => {
  const halls = times(hallsPerBuilding, (hall) => hallOf(building, `DH${hall}`)).flat();
  const cooled = halls.filter(({ className }) => className === "crah");
  const unit = (className: ClassName, name: string, serves: readonly Machine[]): Machine => ({
    className,
    building,
    hall: null,
    name,
    metrics: metricsOf(className),
    serves,
  });
  const chillers = times(2, (n) => unit("chiller", `CH${two(n)}`, cooled));
  const towers = times(2, (n) => unit("coolingTower", `CT${two(n)}`, [chillers[n - 1]!]));
  return [
    ...halls,
    ...chillers,
    ...towers,
    ...times(2, (n) => unit("generator", `GEN${n}`, halls.slice(0, 1))),
  ];
};

const machines: readonly Machine[] = times(buildings, (n) => buildingOf(`DC${n}`)).flat();

/** Points that the plant announces. */
export const plantPoints = machines.reduce((sum, { metrics }) => sum + metrics.length, 0);
/** Points of machines that a birth tells nobody the class of. */
export const unclearPoints = machines
  .filter(({ className }) => className === "generator")
  .reduce((sum, { metrics }) => sum + metrics.length, 0);
export const plantRacks = machines.filter(({ className }) => className === "rack").length;

/** A running reading: a slow wave of its own for each machine. */
const readingOf = ({ kind, range, id }: MetricSpec, place: number, nowMs: number): number => {
  if (kind === "state") return id === "status" ? 1 : 0;
  const [low, high] = range;
  const wave = 0.5 + 0.3 * Math.sin(place * 0.37 + nowMs / 20_000) + 0.1 * Math.sin(place * 1.7);
  return Math.round((low + (high - low) * wave) * 100) / 100;
};

/** A plant at a broker; ends with `stop`. */
export interface RunningPlant {
  stop(): Promise<void>;
}

const repeat = (client: MqttClient, send: () => void): RunningPlant => {
  send();
  const timer = setInterval(send, periodMs);
  return {
    stop: () => {
      clearInterval(timer);
      return client.endAsync(true);
    },
  };
};

/** What DSX calls a machine: unique in the plant. */
const dsxName = ({ building, hall, name }: Machine): string =>
  [building, hall, name].filter((part) => part !== null).join("-");

const dsxTopic = (kind: "Metadata" | "Value", machine: Machine, { id, dsx }: MetricSpec): string => {
  const { dsxObjectType } = classSpec(machine.className);
  const { pointType, namespace = "BMS" } = dsx!;
  return `${namespace}/v1/PUB/${kind}/${dsxObjectType}/${pointType}/${dsxName(machine)}/${id}`;
};

const dsxMetadata = (machine: Machine, { unit, kind, dsx }: MetricSpec): string => {
  const name = dsxName(machine);
  const identity =
    machine.className === "rack"
      ? { rackLocationId: name, rackLocationName: name }
      : { objectId: name, objectName: name, servesId: machine.serves.map(dsxName) };
  return JSON.stringify({
    ...identity,
    ...(kind === "state" ? { stateText: [] } : { engUnit: unit }),
    ...(dsx?.processArea ? { processArea: dsx.processArea } : {}),
  });
};

/** Has the broker keep the plant's DSX metadata; values come with `run`. */
export const openDsxPlant = async (url: string): Promise<{ run(): RunningPlant }> => {
  const client = await connectAsync(url, { protocolVersion: 5 });
  for (const machine of machines)
    for (const metric of machine.metrics)
      client.publish(dsxTopic("Metadata", machine, metric), dsxMetadata(machine, metric), { retain: true });
  // Packets keep their order: with this one, all before it are with the broker.
  await client.publishAsync("plant/announced", "", { qos: 1 });
  const sendValues = (): void => {
    const timestamp = Date.now();
    for (const [place, machine] of machines.entries())
      for (const metric of machine.metrics) {
        const value = readingOf(metric, place, timestamp);
        const message = JSON.stringify({ value, timestamp, quality: 1 });
        client.publish(dsxTopic("Value", machine, metric), message);
      }
  };
  return { run: () => repeat(client, sendValues) };
};

const codec = get("spBv1.0")!;

/** One edge node for each hall and for each building's plant; every machine a device. */
export const openSparkplugPlant = async (url: string): Promise<{ run(): RunningPlant }> => {
  const client = await connectAsync(url, { protocolVersion: 5 });
  const nodes = Map.groupBy(machines, ({ building, hall }) => `${building}/${hall ?? "PLANT"}`);
  const seqs = new Map<string, number>();
  const send = (type: string, path: string, of: { device?: string; metrics: readonly object[] }): void => {
    const [group, node] = path.split("/");
    const seq = type === "NBIRTH" ? 0 : ((seqs.get(path) ?? 0) + 1) % 256;
    seqs.set(path, seq);
    const topic = `spBv1.0/${group}/${type}/${node}${of.device ? `/${of.device}` : ""}`;
    const payload = { timestamp: Date.now(), seq, metrics: of.metrics };
    client.publish(
      topic,
      Buffer.from(codec.encodePayload(payload as Parameters<typeof codec.encodePayload>[0])),
    );
  };
  const metricsNow = (machine: Machine, isBirth: boolean): readonly object[] => {
    const timestamp = Date.now();
    return machine.metrics.map((metric, alias) => ({
      ...(isBirth && { name: metric.id }),
      alias: machines.indexOf(machine) * 100 + alias,
      timestamp,
      type: "Double",
      value: readingOf(metric, machines.indexOf(machine), timestamp),
      ...(isBirth && { properties: { engUnit: { type: "String", value: metric.unit } } }),
    }));
  };
  let isBorn = false;
  const sendAll = (): void => {
    for (const [path, devices] of nodes) {
      const bdSeq = { name: "bdSeq", timestamp: Date.now(), type: "UInt64", value: 0 };
      if (!isBorn) send("NBIRTH", path, { metrics: [bdSeq] });
      for (const machine of devices) {
        const metrics = metricsNow(machine, !isBorn);
        send(isBorn ? "DDATA" : "DBIRTH", path, { device: machine.name, metrics });
      }
    }
    isBorn = true;
  };
  return { run: () => repeat(client, sendAll) };
};
