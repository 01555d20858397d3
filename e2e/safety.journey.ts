import { pbkdf2Sync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectedBridge } from "#feed/contract/client.ts";
import { dialProduct } from "./support/bridge.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { loadHoringer, occupiedRacks } from "./support/campus.ts";
import { issue } from "./support/certificates.ts";
import { type Product, startProduct } from "./support/product.ts";
import { listenersOf } from "./support/sockets.ts";
import { openStation, type Station } from "./support/station.ts";
import { until } from "./support/until.ts";

/** What must never be seen again once it was given. */
const secrets = { user: "reader-7f3a", password: "hunter2-9c41e", wrong: "letmein-5d20b" };

let folder: string;
let open: Broker;
let guarded: Broker;
let station: Station;
let rack: string;
const products: Product[] = [];
const bridges: ConnectedBridge[] = [];

/** A line of mosquitto's password file. */
const passwordLine = (user: string, password: string): string => {
  const salt = randomBytes(12);
  const hash = pbkdf2Sync(password, salt, 101, 64, "sha512");
  return `${user}:$7$101$${salt.toString("base64")}$${hash.toString("base64")}\n`;
};

const start = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const product = await startProduct(args, env);
  products.push(product);
  const bridge = await dialProduct(product.url);
  bridges.push(bridge);
  return { product, bridge };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "horinger-safety-"));
  // A mosquitto that root starts reads its files as another user.
  await chmod(folder, 0o755);
  const passwords = join(folder, "passwords");
  await writeFile(passwords, passwordLine(secrets.user, secrets.password));
  open = await startBroker();
  guarded = await startBroker({ lines: ["allow_anonymous false", `password_file ${passwords}`] });
  [rack = ""] = await occupiedRacks(1);
  station = await openStation(open.url, { id: "lab", periodMs: 5000, origin: "simulated" });
  await station.declare();
  await station.describe(rack, "power");
  await station.value(rack, "power", 6, { retain: true });
});

afterAll(async () => {
  for (const bridge of bridges) bridge.close();
  for (const product of products) await product.stop();
  await station?.close();
  await open?.stop();
  await guarded?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("secrets", () => {
  test("of brokers that let us in, refuse us or are not there are found nowhere", async () => {
    const { certFile, keyFile } = await issue(folder, { name: "secret-client", issuer: null });
    const config = join(folder, "brokers.json");
    const tokenFile = join(folder, "token");
    const brokers = [
      { mqtt: guarded.url },
      { mqtt: guarded.url.replace("127.0.0.1", "localhost") },
      { mqtt: "mqtts://127.0.0.1:1", "mqtt-cert": certFile, "mqtt-key": keyFile },
      { mqtt: open.url },
    ];
    await writeFile(config, JSON.stringify({ brokers, "token-file": tokenFile }));
    const { product, bridge } = await start(["--config", config], {
      HORINGER_MQTT_USER: secrets.user,
      HORINGER_MQTT_PASSWORD: secrets.password,
      HORINGER_MQTT_USER_2: secrets.user,
      HORINGER_MQTT_PASSWORD_2: secrets.wrong,
      HORINGER_MQTT_USER_3: secrets.user,
      HORINGER_MQTT_PASSWORD_3: secrets.wrong,
    });
    const status = await until("every broker has been tried", async () => {
      const { brokers: states } = await bridge.request("feed.status", {});
      const settled = states.map(({ state, error }) => error?.code ?? state);
      return settled.join() === "live,auth,refused,live" || settled.join() === "live,password,refused,live"
        ? bridge.request("feed.status", {})
        : null;
    });
    // Something that is counted and listed, with a piece of its payload.
    await station.raw("BMS/v1/PUB/Value/Rack/RackPower/lab/x", "{torn");
    const answers = {
      status,
      session: await bridge.request("session.describe", {}),
      faults: await bridge.request("faults.list", {}),
      unmapped: await bridge.request("unmapped.list", {}),
      health: await (await fetch(new URL("/healthz", product.url))).text(),
    };
    const key = readFileSync(keyFile, "utf8").split("\n")[1]!;
    const commandLines = product.family().map((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8"));
    const everything = [product.output(), product.said(), JSON.stringify(answers), ...commandLines].join(
      "\n",
    );
    expect(everything, "the search finds what is there").toContain(guarded.url);
    for (const secret of [...Object.values(secrets), key]) expect(everything).not.toContain(secret);
    const token = readFileSync(tokenFile, "utf8").trim();
    expect(product.output(), "the page's address carries its token, by design").toContain(token);
    for (const place of [product.said(), JSON.stringify(answers), ...commandLines])
      expect(place).not.toContain(token);
  });

  test("of one broker are never another's: the fourth had none, and was asked without", () => {
    const ours = open
      .log()
      .split("\n")
      .filter((line) => line.includes(" as horinger-twin-"));
    expect(ours.length).toBeGreaterThan(0);
    // mosquitto writes the user at the end: (p5, c1, k15, u'reader').
    for (const line of ours) expect(line).not.toContain("u'");
    expect(guarded.log()).toContain(`u'${secrets.user}'`);
  });
});

describe("nothing invented", () => {
  test("beside a broker no plant of ours runs, and nothing listens but the web shell, on this machine alone", () => {
    const [product] = products;
    expect(product!.family(), "one process").toHaveLength(1);
    expect(listenersOf(product!.family()).map(({ address, port }) => `${address}:${port}`)).toEqual([
      new URL(product!.url).host,
    ]);
  });

  test("what a plant itself calls simulated is marked as such, on its point and on the whole", async () => {
    const bridge = bridges[0]!;
    const { row } = (await loadHoringer()).find(rack)!;
    const point = await until("the value is there", () =>
      bridge.request("point.detail", { className: "rack", row, metric: "power" }),
    );
    expect(point).toMatchObject({ value: 6, publisher: `lab @ ${open.url}`, origin: "simulated" });
    expect((await bridge.request("feed.status", {})).simulated).toBe(true);
  });

  test("without a broker the plant and its broker are on 127.0.0.1 alone; filled up, all is marked", async () => {
    const [alone, filled] = await Promise.all([
      start([]),
      start(["--mqtt", open.url, "--fill", "simulated"]),
    ]);
    for (const { product, bridge } of [alone, filled]) {
      const listeners = listenersOf(product.family());
      expect(listeners.map(({ address }) => address)).toEqual(["127.0.0.1", "127.0.0.1"]);
      const status = await until("values are there", async () => {
        const now = await bridge.request("feed.status", {});
        return now.points.fresh > 0 && now;
      });
      expect(status.simulated).toBe(true);
    }
  });
});
