import { describe, expect, it } from "vitest";
import {
  createStubGateway,
  refusedConnection,
  reset,
  type StubAnswer,
  timeout,
} from "@/tests/support/stub-gateway";

const ID = "gm3qorzdhgbfurvjtvhg6dckhu";
const DONE = { id: ID, status: "succeeded", output: "https://replicate.delivery/a/out-0.webp" };
const detail = (status: number, more: object = {}) => ({ status, body: { detail: "d", status, ...more } });

const RETRIED: [string, StubAnswer][] = [
  ["429", detail(429)],
  ["500", detail(500)],
  ["502 as HTML", { status: 502, body: "<html></html>" }],
  ["524 as HTML", { status: 524, body: "<html></html>" }],
  ["401 / 2009, which bursts are answered with too", { status: 401, body: { error: [{ code: 2009 }] } }],
  ["a reset", reset()],
  ["a timeout", timeout()],
  ["a refused connection", refusedConnection()],
  ["half of the JSON", { body: '{"id":' }],
  ["an answer that is no prediction", { body: {} }],
];

describe("a get", () => {
  it.for(RETRIED)("is asked again after %s", async ([, answer]) => {
    const { gateway, requests } = createStubGateway([answer, { body: DONE }]);
    await expect(gateway.getPrediction(ID)).resolves.toMatchObject({ id: ID, status: "succeeded" });
    expect(requests).toHaveLength(2);
  });

  it.for([401, 402, 403, 422])("is not asked again after the provider's %s", async (status) => {
    const { gateway, requests } = createStubGateway([detail(status), { body: DONE }]);
    await expect(gateway.getPrediction(ID)).rejects.toMatchObject({ facts: { status } });
    expect(requests).toHaveLength(1);
  });

  it("answers null for a prediction that the provider does not know, at once", async () => {
    const { gateway, requests } = createStubGateway([detail(404), { body: DONE }]);
    await expect(gateway.getPrediction(ID)).resolves.toBeNull();
    expect(requests).toHaveLength(1);
  });

  it("gives up after four tries within its five seconds", async () => {
    const { gateway, requests, waits } = createStubGateway([detail(503)], { random: () => 1 });
    await expect(gateway.getPrediction(ID)).rejects.toMatchObject({ kind: "provider_unavailable" });
    expect(requests).toHaveLength(4);
    expect(waits).toEqual([500, 1_000, 2_000]);
  });

  it("does not wait for advice that leads past its five seconds", async () => {
    const { gateway, requests, waits } = createStubGateway([detail(429, { retry_after: 30 })]);
    await expect(gateway.getPrediction(ID)).rejects.toMatchObject({ kind: "provider_rate_limited" });
    expect({ sent: requests.length, waits }).toEqual({ sent: 1, waits: [] });
  });

  it("is one record for all of its tries", async () => {
    const { gateway, records } = createStubGateway([detail(503), detail(503), { body: DONE }], {
      random: () => 1,
    });
    await gateway.getPrediction(ID);
    expect(records).toMatchObject([
      { operation: "get", outcome: "ok", tries: 3, totalMs: 1_500, upstreamMs: 0 },
    ]);
  });

  it("takes a frozen cached poll for what it says, and records the HIT", async () => {
    const { gateway, records } = createStubGateway([
      { body: DONE, headers: { "cf-aig-cache-status": "HIT" } },
    ]);
    await gateway.getPrediction(ID);
    expect(records).toMatchObject([{ cacheStatus: "HIT" }]);
  });
});

describe("a cancel", () => {
  it("answers what became of the prediction", async () => {
    const { gateway } = createStubGateway([{ body: { id: ID, status: "canceled" } }]);
    await expect(gateway.cancelPrediction(ID)).resolves.toMatchObject({ status: "canceled" });
  });

  it("is asked again after an outage, as repeating it is harmless", async () => {
    const { gateway, requests } = createStubGateway([detail(503), { body: { id: ID, status: "canceled" } }]);
    await gateway.cancelPrediction(ID);
    expect(requests).toHaveLength(2);
  });

  it("answers null for a prediction that is gone", async () => {
    const { gateway } = createStubGateway([detail(404)]);
    await expect(gateway.cancelPrediction(ID)).resolves.toBeNull();
  });

  it.for([409, 422])("is not asked again after a %s, which says that it has ended", async (status) => {
    const { gateway, requests } = createStubGateway([detail(status)]);
    await expect(gateway.cancelPrediction(ID)).rejects.toMatchObject({ facts: { status } });
    expect(requests).toHaveLength(1);
  });
});

describe("a listing", () => {
  const AT = Date.parse("2026-11-23T10:00:00Z");
  const NEXT = "https://api.replicate.com/v1/predictions?cursor=bz0w";
  const at = (seconds: number, id = ID) => ({
    ...DONE,
    id,
    created_at: new Date(AT + seconds * 1_000).toISOString(),
  });
  const page = (next: string | null, ...results: unknown[]) => ({ body: { next, previous: null, results } });
  const all = { sinceMs: 0 };

  it("has the predictions it can read and leaves out what it cannot", async () => {
    const results = [DONE, null, { id: 7 }, "x", { id: "aaaaaaaaaaaaaaaaaaaaaaaaaa", status: "starting" }];
    const { gateway } = createStubGateway([page(null, ...results)]);
    const listed = await gateway.listPredictions(all);
    expect(listed.predictions.map(({ id }) => id)).toEqual([ID, "aaaaaaaaaaaaaaaaaaaaaaaaaa"]);
    expect(listed.reachedMs).toBe(Number.NEGATIVE_INFINITY);
  });

  it("goes on through the gateway, page after page, until it reaches back before the instant", async () => {
    const pages = [page(NEXT, at(9), at(8)), page(NEXT, at(7), at(4)), page(NEXT, at(3))];
    const { gateway, requests } = createStubGateway(pages);
    const { predictions, reachedMs } = await gateway.listPredictions({ sinceMs: AT + 5_000 });
    expect(requests.map(({ url }) => url)).toEqual([
      "https://gateway.test/v1/account/studio/replicate/predictions",
      "https://gateway.test/v1/account/studio/replicate/predictions?cursor=bz0w",
    ]);
    expect(predictions).toHaveLength(4);
    expect(reachedMs).toBe(AT + 4_000);
  });

  it("ends with the last page", async () => {
    const { gateway, requests } = createStubGateway([page(NEXT, at(9)), page(null, at(8))]);
    const { reachedMs } = await gateway.listPredictions(all);
    expect({ asked: requests.length, reachedMs }).toEqual({ asked: 2, reachedMs: Number.NEGATIVE_INFINITY });
  });

  it("ends after thirty pages and says how far it came", async () => {
    const { gateway, requests } = createStubGateway([page(NEXT, at(9))]);
    const { reachedMs } = await gateway.listPredictions(all);
    expect({ asked: requests.length, reachedMs }).toEqual({ asked: 30, reachedMs: AT + 9_000 });
  });

  it("of several accounts reaches no further than the one that reached least", async () => {
    const { gateway } = createStubGateway([], {
      config: { replicateTokens: ["r8_a", "r8_b"] },
      answer: ({ headers }) => (headers.authorization === "Bearer r8_a" ? page(null) : page(NEXT, at(9))),
    });
    const { predictions, reachedMs } = await gateway.listPredictions(all);
    expect({ count: predictions.length, reachedMs }).toEqual({ count: 30, reachedMs: AT + 9_000 });
  });

  it("of several accounts holds up none for one that refuses, and is then whole since no moment", async () => {
    const { gateway } = createStubGateway([], {
      config: { replicateTokens: ["r8_a", "r8_b"] },
      answer: ({ headers }) => (headers.authorization === "Bearer r8_a" ? page(null, at(9)) : detail(401)),
    });
    const { predictions, reachedMs, unlisted } = await gateway.listPredictions(all);
    expect({ ids: predictions.map(({ id }) => id), reachedMs }).toEqual({
      ids: [ID],
      reachedMs: Number.POSITIVE_INFINITY,
    });
    const [, refused] = gateway.accountIds();
    expect(unlisted).toMatchObject([{ keyId: refused, error: { facts: { status: 401 } } }]);
  });

  it("is of one account alone where one is named", async () => {
    const { gateway, requests } = createStubGateway([page(null)], {
      config: { replicateTokens: ["r8_a", "r8_b"] },
    });
    const [, second = ""] = gateway.accountIds();
    await gateway.listPredictions({ ...all, keyIds: [second] });
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer r8_b"]);
  });

  it("ends after half a minute, however slow its pages are, and says how far it came", async () => {
    const pages = createStubGateway([], {
      answer() {
        pages.pass(4_000);
        return page(NEXT, at(9));
      },
    });
    const { reachedMs } = await pages.gateway.listPredictions(all);
    expect({ asked: pages.requests.length, reachedMs }).toEqual({ asked: 8, reachedMs: AT + 9_000 });
  });

  it.for([
    ["no results", {}],
    ["results of another type", { results: "none" }],
    ["a list at the top", []],
    ["a next page that is nowhere", { results: [], next: "/predictions" }],
  ] as const)("is no empty one when it has %s", async ([, body]) => {
    const { gateway } = createStubGateway([{ body }]);
    await expect(gateway.listPredictions(all)).rejects.toMatchObject({ kind: "unreadable_answer" });
  });

  it("is no empty one when the provider is away, on whichever page", async () => {
    const { gateway } = createStubGateway([page(NEXT, at(9)), detail(503)]);
    await expect(gateway.listPredictions(all)).rejects.toMatchObject({ kind: "provider_unavailable" });
  });
});
