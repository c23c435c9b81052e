import fc from "fast-check";
import Replicate from "replicate";
import { describe, expect, it } from "vitest";
import {
  createStubGateway,
  refusedConnection,
  reset,
  type StubAnswer,
  timeout,
} from "@/tests/support/stub-gateway";
import type { CreateRequest } from "./ai-gateway";

const PREDICTION = { id: "gm3qorzdhgbfurvjtvhg6dckhu", status: "starting", urls: {} };
const CREATE: CreateRequest = {
  upstreamModel: "black-forest-labs/flux-schnell",
  input: { prompt: "a fox", seed: 7 },
  webhookUrl: "https://studio.test/api/webhooks/replicate?attempt=token",
  costUsd: 0.003,
  metadata: { generation: "gen_1", attempt: 1, model: "flux-schnell" },
  cancelAfterSeconds: 600,
};
const HTML = "<html><body>Bad Gateway</body></html>";
const detail = (status: number, more: object = {}) => ({ status, body: { detail: "d", status, ...more } });

async function create(answer: StubAnswer, ...more: StubAnswer[]) {
  const { gateway, requests, waits, records } = createStubGateway([answer, ...more]);
  return { outcome: await gateway.createPrediction(CREATE), sent: requests.length, waits, records };
}

/** Bytes of a body, and then the connection is gone. */
function brokenBody(text: string): StubAnswer {
  const chunks = (function* () {
    yield new TextEncoder().encode(text);
    throw reset();
  })();
  return { status: 201, chunks: { [Symbol.iterator]: () => chunks } };
}

describe("a create that the provider accepted", () => {
  it.for([200, 201, 202])("is accepted by %s with the prediction and the log row", async (status) => {
    const { outcome } = await create({ status, body: PREDICTION, headers: { "cf-aig-log-id": "01LOG" } });
    expect(outcome).toMatchObject({
      kind: "accepted",
      prediction: { id: PREDICTION.id, status: "starting" },
      logId: "01LOG",
    });
  });
});

describe("a create that is no longer the caller's to send", () => {
  it("does not leave, and is one for later", async () => {
    const { gateway, requests } = createStubGateway([{ status: 201, body: PREDICTION }]);
    const outcome = await gateway.createPrediction({ ...CREATE, mayLeave: () => false });
    expect(outcome).toMatchObject({ kind: "later", failure: { kind: "saturated" } });
    expect(requests).toHaveLength(0);
    expect(gateway.readState().openCircuits).toEqual([]);
  });

  it("does not leave again, either, after a connection that was never made", async () => {
    const { gateway, requests } = createStubGateway([refusedConnection(), { status: 201, body: PREDICTION }]);
    const outcome = await gateway.createPrediction({ ...CREATE, mayLeave: () => requests.length === 0 });
    expect(outcome).toMatchObject({ kind: "later" });
    expect(requests).toHaveLength(1);
  });
});

const AMBIGUOUS: [string, StubAnswer, string][] = [
  ...[500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530].map(
    (status): [string, StubAnswer, string] => [
      `${status} as HTML`,
      { status, body: HTML },
      "gateway_unavailable",
    ],
  ),
  ["500 in the provider's own words", detail(500), "provider_unavailable"],
  ["408", { status: 408, body: "" }, "gateway_unavailable"],
  ["a reset", reset(), "connection_lost"],
  ["a timeout", timeout(), "timeout"],
  ["201 as HTML", { status: 201, body: HTML }, "unreadable_answer"],
  ["201 without a body", { status: 201 }, "unreadable_answer"],
  ["201 with half of the JSON", { status: 201, body: '{"id":"gm3qorzdh' }, "unreadable_answer"],
  ["201 without an id", { status: 201, body: { status: "starting" } }, "unreadable_answer"],
  ["201 without a status", { status: 201, body: { id: PREDICTION.id } }, "unreadable_answer"],
  ["201 with an id of another type", { status: 201, body: { ...PREDICTION, id: 7 } }, "unreadable_answer"],
  ["201 with an id that is none", { status: 201, body: { ...PREDICTION, id: "../x" } }, "unreadable_answer"],
  ["201 with a list", { status: 201, body: [PREDICTION] }, "unreadable_answer"],
  ["201 with null", { status: 201, body: "null" }, "unreadable_answer"],
  [
    "201 with an error of the gateway in it",
    { status: 201, body: { error: [{ code: 2005 }] } },
    "unreadable_answer",
  ],
  ["201 nested too deep", { status: 201, body: `${"[".repeat(50_000)}` }, "unreadable_answer"],
  ["201 of more than a megabyte", { status: 201, chunks: [new Uint8Array(1_000_001)] }, "connection_lost"],
  ["201 that breaks off", brokenBody('{"id":"gm3qorzdh'), "connection_lost"],
  [
    "424 / 2017, the answer blocked",
    { status: 424, body: { error: [{ code: 2017 }] } },
    "gateway_unavailable",
  ],
];

describe("[F-33] [F-37] [F-38] a create whose fate nobody knows", () => {
  it.for(AMBIGUOUS)("is unknown after %s, and sent once", async ([, answer, kind]) => {
    const { outcome, sent, records } = await create(answer, { status: 201, body: PREDICTION });
    expect(outcome).toMatchObject({ kind: "unknown", failure: { kind } });
    expect(sent).toBe(1);
    expect(records).toMatchObject([{ outcome: "ambiguous", tries: 1, failure: { kind } }]);
  });

  it("is unknown too when only a second try, after a refused connection, met with silence", async () => {
    const { outcome, sent } = await create(refusedConnection(), timeout(), { status: 201, body: PREDICTION });
    expect(outcome).toMatchObject({ kind: "unknown", failure: { kind: "timeout" } });
    expect(sent).toBe(2);
  });
});

const REFUSED: [string, StubAnswer, string, boolean][] = [
  ["400", detail(400), "provider_rejected_input", false],
  ["401 of the provider", detail(401), "provider_auth", true],
  ["401 of the gateway", { status: 401, body: { error: [{ code: 2009 }] } }, "gateway_auth", true],
  ["402 of the provider", detail(402), "provider_credit", true],
  ["402 of the gateway", { status: 402, body: { error: [{ code: 2021 }] } }, "gateway_credit", true],
  ["403 of the edge", { status: 403, body: "error code: 1010" }, "edge_blocked", true],
  ["404", detail(404), "provider_model_missing", true],
  ["413", detail(413), "provider_rejected_input", false],
  ["422 of the version", detail(422), "provider_model_missing", true],
  ["424, the prompt blocked", { status: 424, body: { error: [{ code: 2016 }] } }, "guardrail_blocked", false],
  ["429 of the spend limit", { status: 429, body: { error: [{ code: 2041 }] } }, "gateway_spend_limit", true],
  ["a redirect", { status: 307, headers: { location: "https://evil.test" } }, "gateway_misconfigured", true],
  [
    "an answer out of the gateway's cache",
    { status: 201, body: PREDICTION, headers: { "cf-aig-cache-status": "HIT" } },
    "gateway_misconfigured",
    true,
  ],
];

describe("[F-36] a create that was answered with a plain no", () => {
  it.for(REFUSED)("is refused by %s, and sent once", async ([, answer, kind, isPaged]) => {
    const { outcome, sent } = await create(answer, { status: 201, body: PREDICTION });
    expect(outcome).toMatchObject({ kind: "refused", error: { kind, rule: { isPaged } } });
    expect(sent).toBe(1);
  });

  it("says which fields of the input were refused", async () => {
    const fields = [{ type: "enum", field: "input.aspect_ratio", description: "must be one of" }];
    const { outcome } = await create(detail(422, { invalid_fields: fields }));
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { facts: { invalidFields: [{ field: "input.aspect_ratio", description: "must be one of" }] } },
    });
  });
});

describe("[F-35] a create that certainly did not happen yet", () => {
  it("is sent again after a refused connection, as often as the policy allows, then put off", async () => {
    const { outcome, sent, records } = await create(refusedConnection());
    expect(outcome).toMatchObject({ kind: "later", waitMs: 10_250, failure: { kind: "unreachable" } });
    expect(sent).toBe(3);
    expect(records).toMatchObject([{ outcome: "refused", tries: 3 }]);
  });

  it.for([
    ["the body's retry_after", detail(429, { retry_after: 42 }), 42_000],
    ["the sentence", { status: 429, body: { detail: "Your rate limit resets in ~30s." } }, 30_000],
    ["the header", { ...detail(429), headers: { "retry-after": "7" } }, 7_000],
    ["nobody", detail(429), 10_000],
    ["the gateway's header", { status: 429, body: HTML, headers: { "retry-after": "3" } }, 3_000],
  ] as const)("is put off by a 429 for as long as %s says, and sent once", async ([, answer, waitMs]) => {
    const { outcome, sent, waits } = await create(answer, { status: 201, body: PREDICTION });
    // Half a second at the most is luck, here half of it.
    expect(outcome).toMatchObject({ kind: "later", waitMs: waitMs + 250 });
    expect({ sent, waits }).toEqual({ sent: 1, waits: [] });
  });

  it("understands a Retry-After that is a date", async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { outcome } = await create({ ...detail(429), headers: { "retry-after": date } });
    expect(outcome.kind === "later" && outcome.waitMs).toBeGreaterThan(55_000);
    expect(outcome.kind === "later" && outcome.waitMs).toBeLessThanOrEqual(60_250);
  });
});

describe("for any run of answers", () => {
  const answers = fc.oneof(
    fc.constant(refusedConnection()),
    fc.constantFrom(...AMBIGUOUS.map(([, answer]) => answer).filter((answer) => !isIterator(answer))),
    fc.constantFrom(...REFUSED.map(([, answer]) => answer)),
    fc.constant({ status: 201, body: PREDICTION }),
    fc.record({ status: fc.integer({ min: 100, max: 599 }), body: fc.oneof(fc.json(), fc.string()) }),
  );

  it("nothing is sent after anything but a connection that was never made", async () => {
    const property = fc.asyncProperty(fc.array(answers, { minLength: 1, maxLength: 5 }), async (script) => {
      const { gateway, requests } = createStubGateway(script);
      const outcome = await gateway.createPrediction(CREATE);
      const leading = script.findIndex(
        (answer) => !(answer instanceof Error && answer.message === "ECONNREFUSED"),
      );
      const allowed = leading === -1 ? 3 : Math.min(3, leading + 1);
      expect(requests.length).toBeLessThanOrEqual(allowed);
      expect(["accepted", "later", "refused", "unknown"]).toContain(outcome.kind);
    });
    await fc.assert(property, { numRuns: 2_000 });
  });
});

function isIterator(answer: StubAnswer): boolean {
  return !(answer instanceof Error) && answer.chunks !== undefined;
}

describe("the official client, which only writes our requests", () => {
  it.for([
    ["a reset", () => Promise.reject(new TypeError("fetch failed"))],
    ["a 429", () => Promise.resolve(new Response('{"detail":"throttled"}', { status: 429 }))],
  ] as const)("would have sent several creates after %s, where ours sends one", async ([name, answer]) => {
    let sentByClient = 0;
    const client = new Replicate({
      auth: "r8_token",
      fetch: () => {
        sentByClient += 1;
        return answer();
      },
    });
    await expect(client.predictions.create({ version: CREATE.upstreamModel, input: {} })).rejects.toThrow(
      /failed/,
    );
    expect(sentByClient).toBeGreaterThan(1);
    const { sent } = await create(name === "a reset" ? reset() : detail(429));
    expect(sent).toBe(1);
  });
});
