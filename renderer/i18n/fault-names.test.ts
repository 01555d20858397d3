import { expect, test } from "vitest";
import { classNames } from "#twins/model/metric.ts";
import { conditionsOfClass } from "#twins/physics/conditions.ts";
import { faultName, faultsOf } from "./fault-names.ts";

const offered = classNames.flatMap((name) => faultsOf(name).map((fault) => [name, fault] as const));

test.each(offered)(
  "what is offered at a %s, %s, is a condition that the plant knows, named twice",
  (name, fault) => {
    const known: Readonly<Record<string, readonly string[]>> = conditionsOfClass;
    expect(known[name]).toContain(fault);
    const [zh, en] = [faultName(name, fault, "zh"), faultName(name, fault, "en")];
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(en).not.toBe(fault);
  },
);
