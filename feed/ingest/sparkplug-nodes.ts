import { type ClassTable, stampCell } from "#feed/tables/class-table.ts";
import type { Publisher } from "#feed/tables/publishers.ts";
import { SparkplugSession } from "#feed/wire/sparkplug-session.ts";
import { sparkplugDataTopic, sparkplugPath } from "#feed/wire/sparkplug-topic.ts";
import { holdStale, Quality, qualityOf, withQuality } from "#twins/model/quality.ts";
import type { IntakeContext } from "./context.ts";
import type { MetricBook } from "./sparkplug-book.ts";

/** Nodes and devices kept apart; those beyond are refused and counted. */
const nodeLimit = 16_384;
const deviceLimit = 65_536;

/** A node's own metrics, or those of one of its devices. */
export interface Member {
  /** `group/node` or `group/node/device`. */
  readonly path: string;
  readonly dataTopic: string;
  /** Nobody before its first birth: names that are only claimed take no place in the registry. */
  publisher: Publisher;
  /** False where the registry of publishers was full, and the device goes by its node's. */
  ownsPublisher: boolean;
  /** Null before its first birth. */
  book: MetricBook | null;
  /** Born, and not dead since. */
  isAlive: boolean;
}

/** An edge node, its session, and its devices by id. */
export interface EdgeNode {
  readonly group: string;
  readonly id: string;
  session: SparkplugSession;
  readonly own: Member;
  readonly devices: Map<string, Member>;
  /** When a rebirth is to be asked for, and when it was last; ms UTC. */
  readonly rebirth: { dueMs: number | null; askedMs: number | null };
}

const membersOf = function* (node: EdgeNode): Iterable<Member> {
  yield node.own;
  yield* node.devices.values();
};

/** All edge nodes that one broker carries, and what their lives do to the points they feed. */
export class EdgeNodes {
  readonly #context: IntakeContext;
  readonly #byPath = new Map<string, EdgeNode>();
  #devices = 0;

  constructor(context: IntakeContext) {
    this.#context = context;
  }

  get all(): Iterable<EdgeNode> {
    return this.#byPath.values();
  }

  find(group: string, id: string): EdgeNode | undefined {
    return this.#byPath.get(`${group}/${id}`);
  }

  /** The node of this name, made on first use; null when there is no more room. */
  of(group: string, id: string): EdgeNode | null {
    const known = this.find(group, id);
    if (known || this.#byPath.size >= nodeLimit) return known ?? null;
    const node: EdgeNode = {
      group,
      id,
      session: new SparkplugSession(),
      own: this.#member({ group, node: id, device: null }),
      devices: new Map(),
      rebirth: { dueMs: null, askedMs: null },
    };
    this.#byPath.set(node.own.path, node);
    return node;
  }

  /** The node's device of this name, made on first use; null when there is no more room. */
  deviceOf(node: EdgeNode, id: string): Member | null {
    const known = node.devices.get(id);
    if (known || this.#devices >= deviceLimit) return known ?? null;
    const device = this.#member({ group: node.group, node: node.id, device: id });
    node.devices.set(id, device);
    this.#devices++;
    return device;
  }

  #member(address: {
    readonly group: string;
    readonly node: string;
    readonly device: string | null;
  }): Member {
    return {
      path: sparkplugPath(address),
      dataTopic: sparkplugDataTopic(address),
      publisher: this.#context.store.publishers.all[0]!,
      ownsPublisher: false,
      book: null,
      isAlive: false,
    };
  }

  /** A member of the node was born: from here on it publishes. */
  live(node: EdgeNode, member: Member): void {
    member.isAlive = true;
    if (member.book === null) {
      // What a node that declared itself simulated carries is simulated too.
      const { origin } = node.own.publisher;
      const publisher = this.#context.store.publishers.of(member.path, { origin, filler: false });
      member.ownsPublisher = publisher.index !== 0;
      member.publisher = member.ownsPublisher ? publisher : node.own.publisher;
    }
    this.show(node);
  }

  /** Shows a node's session at the publishers of all its living members. */
  show(node: EdgeNode): void {
    const { state } = node.session;
    for (const { publisher, ownsPublisher, isAlive } of membersOf(node)) {
      if (!ownsPublisher || !isAlive) continue;
      publisher.session = state === "unsynced" ? "unsynced" : "live";
      publisher.periodMs ??= Number.POSITIVE_INFINITY;
      publisher.gone = state === "unheard";
    }
  }

  /** A member died: its publisher is gone, and its points are stale at once. */
  die(member: Member): void {
    member.isAlive = false;
    if (member.ownsPublisher) member.publisher.gone = true;
    this.eachPoint(member, (table, cell) => {
      table.status[cell] = holdStale(table.status[cell]!);
    });
  }

  /** The death of a node is that of all its devices. */
  dieWhole(node: EdgeNode): void {
    for (const member of membersOf(node)) if (member.isAlive) this.die(member);
  }

  /** Messages were lost: what is shown may have changed since. */
  doubt(node: EdgeNode): void {
    for (const member of membersOf(node))
      if (member.isAlive)
        this.eachPoint(member, (table, cell) => {
          const status = table.status[cell]!;
          if (qualityOf(status) === Quality.good) table.status[cell] = withQuality(status, Quality.uncertain);
        });
  }

  /** Changes every point whose value came from a member, and stamps it. */
  eachPoint(member: Member, change: (table: ClassTable, cell: number) => void): void {
    const { bindings, store } = this.#context;
    for (const binding of member.book?.binding ?? []) {
      if (binding < 0) continue;
      const table = store.tables.all[bindings.classIndex[binding]!]!;
      const cell = bindings.cell[binding]!;
      if (table.binding[cell] !== binding || table.publisher[cell] !== member.publisher.index) continue;
      if (table.stamp[cell] === 0) continue;
      change(table, cell);
      stampCell(store.tables, table, cell);
    }
  }
}
