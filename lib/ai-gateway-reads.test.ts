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
  it("has the predictions it can read and leaves out what it cannot", async () => {
    const results = [DONE, null, { id: 7 }, "x", { id: "aaaaaaaaaaaaaaaaaaaaaaaaaa", status: "starting" }];
    const { gateway } = createStubGateway([{ body: { next: null, previous: null, results } }]);
    const listed = await gateway.listPredictions();
    expect(listed.map(({ id }) => id)).toEqual([ID, "aaaaaaaaaaaaaaaaaaaaaaaaaa"]);
  });

  it.for([
    ["no results", {}],
    ["results of another type", { results: "none" }],
    ["a list at the top", []],
  ] as const)("is no empty one when it has %s", async ([, body]) => {
    const { gateway } = createStubGateway([{ body }]);
    await expect(gateway.listPredictions()).rejects.toMatchObject({ kind: "unreadable_answer" });
  });

  it("is no empty one when the provider is away", async () => {
    const { gateway } = createStubGateway([detail(503)]);
    await expect(gateway.listPredictions()).rejects.toMatchObject({ kind: "provider_unavailable" });
  });
});
