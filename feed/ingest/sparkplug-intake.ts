import type { FaultCode } from "#feed/contract/status.ts";
import { SparkplugPayload } from "#feed/wire/sparkplug.ts";
import type { Sequence } from "#feed/wire/sparkplug-session.ts";
import {
  isHostState,
  parseSparkplugTopic,
  type SparkplugTopic,
  sparkplugPrefix,
} from "#feed/wire/sparkplug-topic.ts";
import { countDrop, type Incoming, type IntakeContext, type SourceTraits } from "./context.ts";
import type { Intake } from "./intake.ts";
import { createBirthReader } from "./sparkplug-birth.ts";
import { type EdgeNode, EdgeNodes, type Member } from "./sparkplug-nodes.ts";
import { createRebirths } from "./sparkplug-rebirth.ts";
import { createSparkplugValues, shownBytes } from "./sparkplug-values.ts";

const highestSeq = 255;

/** Sparkplug B of one source: the side of a host application (docs/SPARKPLUG.md). */
export interface SparkplugIntake extends Intake {
  readonly nodes: EdgeNodes;
}

const isSparkplug = (intake: Intake): intake is SparkplugIntake => intake.wire === "sparkplug";

export const createSparkplugIntake = (context: IntakeContext, traits: SourceTraits): SparkplugIntake => {
  const { faults, unmapped, counters } = context;
  const payload = new SparkplugPayload();
  const nodes = new EdgeNodes(context);
  const births = createBirthReader(context, payload);
  const values = createSparkplugValues(context, payload);
  const rebirths = createRebirths(traits.host?.publish ?? null);
  /** Topics of members that were born: the one look-up of nearly every message. */
  const known = new Map<string, { readonly node: EdgeNode; readonly member: Member }>();

  const fault = (code: FaultCode, { topic, payload: bytes }: Incoming, detail: string): void =>
    faults.count(code, { topic, payload: shownBytes(bytes), detail });

  /** Decodes into `payload`; false when that failed, or when the message is of no running session. */
  const decode = (message: Incoming): boolean => {
    if (message.retained) {
      fault("birth-missing", message, "kept by the broker: of no session that is known to run");
      return false;
    }
    const problem = payload.decode(message.payload);
    if (problem !== null) fault("payload-malformed", message, problem);
    return problem === null;
  };

  const seqOf = (): number => (payload.seq <= highestSeq ? payload.seq : Number.NaN);

  /** Metric `bdSeq` of an NBIRTH or NDEATH; NaN when there is none. */
  const bdSeqOf = (): number => {
    const at = payload.name.indexOf("bdSeq");
    return at < 0 || at >= payload.count ? Number.NaN : payload.raw[at]!;
  };

  const missing = (node: EdgeNode | null, message: Incoming, detail: string): void => {
    fault("birth-missing", message, detail);
    unmapped.add(message.topic, { code: "birth-missing", reason: detail }, message.receivedMs);
    if (node) rebirths.want(node, message.receivedMs);
  };

  /** Puts a message into its node's session; false when nothing of it is to be taken. */
  const advance = (node: EdgeNode, message: Incoming): boolean => {
    if (message.isAgain) return true;
    const before = node.session.state;
    const sequence: Sequence = node.session.next(seqOf());
    if (sequence === "refused")
      missing(node, message, before === "dead" ? "the node has died" : "the node was not born yet");
    else if (sequence === "repeated") fault("duplicate", message, `seq ${payload.seq} again`);
    else if (sequence === "gap") {
      const { lost } = node.session;
      countDrop(counters, "sequence-gap", Math.max(1, lost));
      fault("sequence-gap", message, `seq ${payload.seq}, ${lost || "?"} messages lost before it`);
      if (before !== "unsynced") nodes.doubt(node);
      rebirths.want(node, message.receivedMs);
    }
    if (node.session.state !== before) nodes.show(node);
    return sequence !== "refused" && sequence !== "repeated";
  };

  const takeValues = (node: EdgeNode, member: Member, message: Incoming): void => {
    const book = member.book!;
    const isUnsynced = node.session.state === "unsynced";
    const source = { member, message, isBirth: false, isUnsynced };
    for (let i = 0; i < payload.count; i++) {
      const name = payload.name[i]!;
      const place = name === null ? book.byAlias(payload.alias[i]!) : book.byName(name);
      if (place >= 0) {
        values.take(source, i, place);
        continue;
      }
      rebirths.want(node, message.receivedMs);
      if (name !== null) fault("birth-missing", message, `no birth announced metric ${name}`);
      else fault("alias-unknown", message, `no birth announced alias ${payload.alias[i]}`);
    }
  };

  const data = (node: EdgeNode, member: Member | undefined, message: Incoming): void => {
    if (!decode(message) || !advance(node, message)) return;
    if (member?.isAlive) takeValues(node, member, message);
    else missing(node, message, member?.book ? "the device has died" : "the device was not born yet");
  };

  const bear = (node: EdgeNode, member: Member, message: Incoming): void => {
    counters.metadataReceived += payload.count;
    nodes.live(node, member);
    const places = births.read(member, message);
    known.set(member.dataTopic, { node, member });
    unmapped.remove(member.dataTopic);
    unmapped.remove(message.topic);
    const isUnsynced = node.session.state === "unsynced";
    const source = { member, message, isBirth: true, isUnsynced };
    for (let i = 0; i < payload.count; i++) if (places[i]! >= 0) values.take(source, i, places[i]!);
  };

  const nodeBirth = (node: EdgeNode, message: Incoming): void => {
    if (!decode(message)) return;
    // Its devices are born anew after it; until then nothing of theirs holds.
    for (const device of node.devices.values()) if (device.isAlive) nodes.die(device);
    node.session.birth(seqOf(), bdSeqOf());
    rebirths.settled(node);
    bear(node, node.own, message);
  };

  const deviceBirth = (node: EdgeNode, device: Member, message: Incoming): void => {
    if (!decode(message)) return;
    if (node.session.state === "unborn") {
      // The node was born before we came. Of its device this birth says all the same; of itself it is asked.
      node.session.birth(seqOf(), Number.NaN);
      rebirths.want(node, message.receivedMs);
    } else if (!advance(node, message)) return;
    bear(node, device, message);
  };

  const nodeDeath = (node: EdgeNode, message: Incoming): void => {
    const { state } = node.session;
    if (state === "unborn" || state === "dead" || message.payload.length === 0) return;
    const problem = payload.decode(message.payload);
    // A will that cannot be read is a will: the side to err on is "stale".
    if (problem !== null) fault("payload-malformed", message, problem);
    if (node.session.death(bdSeqOf())) nodes.dieWhole(node);
    else fault("session-mismatch", message, `bdSeq ${bdSeqOf()}, that of the birth is ${node.session.bdSeq}`);
  };

  const deviceDeath = (node: EdgeNode, device: Member | undefined, message: Incoming): void => {
    if (decode(message) && advance(node, message) && device?.isAlive) nodes.die(device);
  };

  const full = (message: Incoming): void => {
    countDrop(counters, "bounds");
    fault("bounds", message, "no more nodes or devices can be kept apart");
  };

  const ofDevice = (node: EdgeNode, id: string, of: { type: string; message: Incoming }): void => {
    if (of.type === "DDEATH") deviceDeath(node, node.devices.get(id), of.message);
    else if (of.type === "DDATA") data(node, node.devices.get(id), of.message);
    else {
      const device = nodes.deviceOf(node, id);
      if (device) deviceBirth(node, device, of.message);
      else full(of.message);
    }
  };

  const route = ({ group, type, node: id, device }: SparkplugTopic, message: Incoming): void => {
    if (type === "NCMD" || type === "DCMD") return; // of other hosts, to their nodes
    if (type === "NDEATH") {
      const dying = nodes.find(group, id);
      if (dying) nodeDeath(dying, message);
      return;
    }
    if (message.payload.length === 0) return; // a retained message was cleared: no message at all
    // Before its birth a node is kept in mind only to be asked for it: topics are easily made up.
    const isKept = type === "NBIRTH" || type === "DBIRTH" || traits.host !== undefined;
    const node = isKept ? nodes.of(group, id) : nodes.find(group, id);
    if (!node && isKept) full(message);
    else if (!node) missing(null, message, "the node was not born yet");
    else if (device !== null) ofDevice(node, device, { type, message });
    else if (type === "NBIRTH") nodeBirth(node, message);
    else data(node, node.own, message);
  };

  return {
    wire: "sparkplug",
    nodes,
    message: (message) => {
      const of = known.get(message.topic);
      if (of) {
        if (message.payload.length > 0) data(of.node, of.member, message);
        return true;
      }
      if (!message.topic.startsWith(sparkplugPrefix)) return false;
      if (isHostState(message.topic)) {
        traits.host?.stateHeard(message.topic, message.payload);
        return true;
      }
      const topic = parseSparkplugTopic(message.topic);
      if (topic) route(topic, message);
      return topic !== null;
    },
    connection: (isOpen) => {
      if (isOpen) return;
      for (const node of nodes.all) {
        node.session.unhear();
        nodes.show(node);
      }
    },
    tick: rebirths.tick,
    resume: (before) => {
      if (!isSparkplug(before)) return;
      for (const old of before.nodes.all) {
        const node = nodes.of(old.group, old.id);
        if (!node) continue;
        node.session = old.session;
        for (const [id, device] of node.devices)
          if (device.isAlive && old.devices.get(id)?.isAlive === false) nodes.die(device);
        if (node.session.state === "dead") nodes.dieWhole(node);
        nodes.show(node);
      }
    },
  };
};
