import { describe, expect, it, vi } from "vitest";
import { FaultEngine } from "./fault-engine.ts";
import { parseRule } from "./parse-rule.ts";
import type { Action, Facts, Rule } from "./rule.ts";

const CREATE: Facts = {
  operation: "replicate.create",
  model: "black-forest-labs/flux-dev",
  path: "/predictions",
};

function engineWith(rule: Omit<Rule, "action">, seed = "s"): FaultEngine {
  const engine = new FaultEngine(() => undefined);
  engine.add({
    id: "x",
    name: "x",
    sentence: "",
    seed,
    rules: [{ ...rule, action: { kind: "reset", parameters: {} } }],
  });
  return engine;
}

const strikes = (engine: FaultEngine, count: number, facts = CREATE) =>
  Array.from({ length: count }, () => engine.strike(facts).length);

describe("when a rule strikes", () => {
  it("always, where it says nothing", () => {
    expect(strikes(engineWith({ where: {} }), 3)).toEqual([1, 1, 1]);
  });

  it("only the n-th match, every n-th, or so many times", () => {
    expect(strikes(engineWith({ where: {}, nth: 2 }), 4)).toEqual([0, 1, 0, 0]);
    expect(strikes(engineWith({ where: {}, every: 2 }), 4)).toEqual([0, 1, 0, 1]);
    expect(strikes(engineWith({ where: {}, times: 2 }), 4)).toEqual([1, 1, 0, 0]);
  });

  it("by patterns in any letter case, each fact of its own, any of a list", () => {
    const where = { operation: ["replicate.*"], model: ["*/FLUX-dev", "*/flux-pro"] };
    expect(strikes(engineWith({ where }), 1)).toEqual([1]);
    expect(strikes(engineWith({ where }), 1, { ...CREATE, model: "black-forest-labs/flux-schnell" })).toEqual(
      [0],
    );
    expect(strikes(engineWith({ where }), 1, { operation: "gemini.generate", model: "x/flux-dev" })).toEqual([
      0,
    ]);
    expect(strikes(engineWith({ where: { event: ["start"] } }), 1)).toEqual([0]);
  });

  it("takes the letters of a pattern as they are", () => {
    expect(strikes(engineWith({ where: { path: ["/predictions?"] } }), 1)).toEqual([0]);
    expect(strikes(engineWith({ where: { path: ["/pred.ctions"] } }), 1)).toEqual([0]);
  });

  it("by chance, the same for the same seed, and a limit leaves later chances alone", () => {
    const half = { where: {}, probability: 0.5 };
    const first = strikes(engineWith(half, "a"), 40);
    expect(strikes(engineWith(half, "a"), 40)).toEqual(first);
    expect(strikes(engineWith(half, "b"), 40)).not.toEqual(first);
    const limited = strikes(engineWith({ ...half, times: 3 }, "a"), 40);
    expect(limited.flatMap((struck, index) => (struck ? [index] : []))).toEqual(
      first.flatMap((struck, index) => (struck ? [index] : [])).slice(0, 3),
    );
  });
});

describe("scenarios", () => {
  it("with the same id replace each other and begin to count anew", () => {
    const engine = engineWith({ where: {}, times: 1 });
    strikes(engine, 2);
    engine.add({
      id: "x",
      name: "x",
      sentence: "",
      seed: "s",
      rules: [{ where: {}, times: 1, action: { kind: "reset", parameters: {} } }],
    });
    expect(engine.list()).toHaveLength(1);
    expect(strikes(engine, 2)).toEqual([1, 0]);
  });

  it("can be removed by id or name, and say what fired", () => {
    const onFire = vi.fn<(scenario: string, action: Action, facts: Facts) => void>();
    const engine = new FaultEngine(onFire);
    engine.add({
      id: "one",
      name: "n",
      sentence: "",
      seed: "s",
      rules: [{ where: {}, action: { kind: "drop", parameters: {} } }],
    });
    engine.strike(CREATE);
    expect(onFire).toHaveBeenCalledWith("n", { kind: "drop", parameters: {} }, CREATE);
    expect(engine.remove("n")).toBe(true);
    expect(engine.remove("n")).toBe(false);
    expect(engine.strike(CREATE)).toEqual([]);
  });
});

describe("reading a rule", () => {
  it("puts an action where it means something when the rule does not say", () => {
    expect(parseRule({ action: { kind: "drop" } })).toMatchObject({
      rule: { where: { operation: ["webhook.send"] } },
    });
    expect(parseRule({ action: { kind: "file", form: "svg" } })).toMatchObject({
      rule: { where: { operation: ["delivery.get"] } },
    });
    expect(parseRule({ action: { kind: "hold" } })).toMatchObject({
      rule: { where: { operation: ["replicate.run"] } },
    });
  });

  it.for([
    null,
    3,
    {},
    { action: {} },
    { action: { kind: "reset" }, when: "now" },
    { where: { color: "red" }, action: { kind: "reset" } },
    { action: { kind: "drip", bytesPerSecond: "slow" } },
  ])("%j is refused with a sentence", (value) => expect(parseRule(value)).toMatchObject({ kind: "problem" }));
});
