import { describe, expect, test } from "vitest";
import { CIRCUIT_POLICY } from "./circuit";
import { type FailureKind, UpstreamError } from "./failure";
import { Lanes, type Route } from "./lanes";

const bases = { replicate: "https://r.test", gemini: "https://g.test" };
const gateway = (id: string): Route => ({ id, bases, token: undefined, isDirect: false });
const direct: Route = { id: "direct", bases, token: undefined, isDirect: true };
const key = (id: string) => ({ id, value: `secret-${id}` });
const failed = (kind: FailureKind) => new UpstreamError({ kind, detail: "arranged" });

function setUp({ routes = [gateway("one"), gateway("two")], keys = ["a"] } = {}) {
  let now = 0;
  const lanes = new Lanes(() => now, routes, { replicate: keys.map(key), gemini: [key("g")] });
  const once = (kind: FailureKind | null, options: Parameters<Lanes["enter"]>[2] = {}) => {
    const lane = lanes.enter("replicate", "create", options);
    lane.leave(kind === null ? null : failed(kind));
    return `${lane.route.id} ${lane.key.id}`;
  };
  return {
    lanes,
    once,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("the lanes to a provider", () => {
  test("are taken in turn while nothing is in flight", () => {
    const { once } = setUp({ keys: ["a", "b"] });
    const taken = [1, 2, 3, 4].map(() => once(null));
    expect(new Set(taken).size).toBe(4);
    expect(once(null)).toBe(taken[0]);
  });

  test("are taken by the fewest calls in flight", () => {
    const { lanes } = setUp();
    const first = lanes.enter("replicate", "read", {});
    expect(lanes.enter("replicate", "read", {}).route.id).not.toBe(first.route.id);
    first.leave(null);
    expect(lanes.enter("replicate", "read", {}).route.id).toBe(first.route.id);
  });

  test("a wrong key is avoided at once, and the other account goes on", () => {
    const { once } = setUp({ routes: [gateway("one")], keys: ["a", "b"] });
    expect(once("provider_auth")).toBe("one a");
    expect([once(null), once(null), once(null)]).toEqual(["one b", "one b", "one b"]);
  });

  test("a gateway that stops answering is left for the other", () => {
    const { once, lanes } = setUp();
    for (let index = 0; index < CIRCUIT_POLICY.callsMin * 2; index++) {
      const lane = lanes.enter("replicate", "create", {});
      lane.leave(lane.route.id === "one" ? failed("timeout") : null);
    }
    expect([once(null), once(null), once(null)]).toEqual(["two a", "two a", "two a"]);
  });

  test("a failure of one operation leaves the others open", () => {
    const { lanes, once } = setUp({ routes: [gateway("one")] });
    once("provider_credit");
    expect(() => once(null)).toThrow(/circuit_open/);
    expect(lanes.enter("replicate", "read", {}).route.id).toBe("one");
  });

  test("a retry goes another way when there is one", () => {
    const { lanes } = setUp();
    const first = lanes.enter("replicate", "create", {});
    first.leave(failed("unreachable"));
    const second = lanes.enter("replicate", "create", { avoid: [first] });
    expect(second.route.id).not.toBe(first.route.id);
    second.leave(null);
    expect(lanes.enter("replicate", "create", { avoid: [first, second] }).route.id).toBe(first.route.id);
  });

  test("a prediction's own account is asked, unless its key is gone", () => {
    const { lanes } = setUp({ routes: [gateway("one")], keys: ["a", "b"] });
    const asked = [1, 2, 3].map(() => lanes.enter("replicate", "read", { keyId: "b" }).key.id);
    expect(asked).toEqual(["b", "b", "b"]);
    expect(["a", "b"]).toContain(lanes.enter("replicate", "read", { keyId: "removed" }).key.id);
  });

  test("the direct way is taken only while no gateway's circuit lets a call pass", () => {
    const { once, pass } = setUp({ routes: [gateway("one"), direct] });
    expect([once(null), once(null)]).toEqual(["one a", "one a"]);
    once("gateway_credit");
    expect(once(null)).toBe("direct a");
    pass(CIRCUIT_POLICY.probeMs);
    expect(once(null)).toBe("one a");
    expect(once(null)).toBe("one a");
  });

  test("with every circuit open, a call is refused and told when to come back", () => {
    const { lanes, once } = setUp({ routes: [gateway("one")] });
    expect(lanes.waitMs("replicate", "create")).toBe(0);
    once("provider_auth");
    expect(lanes.waitMs("replicate", "create")).toBe(CIRCUIT_POLICY.probeMs);
    expect(() => once(null)).toThrow(
      expect.toSatisfy(
        (error) => error instanceof UpstreamError && error.facts.retryAfterMs === CIRCUIT_POLICY.probeMs,
      ),
    );
  });

  test("an answer about the request itself counts as a working way", () => {
    const { once, lanes } = setUp({ routes: [gateway("one")] });
    for (let index = 0; index < CIRCUIT_POLICY.callsMin * 2; index++) {
      once("provider_rejected_input");
    }
    expect(lanes.waitMs("replicate", "create")).toBe(0);
  });
});
