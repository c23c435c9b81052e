import { describe, expect, it } from "vitest";
import { createStubGateway, reset, type StubAnswer, timeout } from "@/tests/support/stub-gateway";
import type { CreateRequest } from "./ai-gateway";

const ID = "gm3qorzdhgbfurvjtvhg6dckhu";
const ACCEPTED: StubAnswer = { status: 201, body: { id: ID, status: "starting" } };
const CREATE: CreateRequest = {
  upstreamModel: "black-forest-labs/flux-schnell",
  input: { prompt: "a fox" },
  webhookUrl: "https://studio.test/api/webhooks/replicate?attempt=token",
  costUsd: 0.003,
  metadata: { generation: "gen_1", attempt: 1, model: "flux-schnell" },
  cancelAfterSeconds: 600,
};
const TWO_GATEWAYS = {
  gatewayUrls: ["https://one.test/v1/account/studio", "https://two.test/v1/account/studio"],
};
const hostsOf = (requests: { url: string }[]) => requests.map(({ url }) => new URL(url).host);
const gatewayError = (status: number, code: number) => ({ status, body: { error: [{ code }] } });

/** A world in which one host answers in its own way, and everything else well. */
function worldWith(host: string, answer: StubAnswer, config: object = TWO_GATEWAYS) {
  return createStubGateway([], {
    config,
    answer: ({ url }) => (new URL(url).host === host ? answer : ACCEPTED),
  });
}

describe("with two gateways", () => {
  it.for([
    ["a wrong token", gatewayError(401, 2009)],
    ["no credits left", gatewayError(402, 2021)],
    ["a spend limit", gatewayError(429, 2041)],
    ["a block at the edge", { status: 403, body: "error code: 1010" }],
  ] satisfies [string, StubAnswer][])(
    "a create that one refuses for %s is sent to the other: it certainly was not made",
    async ([, answer]) => {
      const { gateway, requests } = worldWith("one.test", answer);
      await expect(gateway.createPrediction(CREATE)).resolves.toMatchObject({ kind: "accepted" });
      expect(hostsOf(requests)).toEqual(["one.test", "two.test"]);
    },
  );

  it.for([
    ["502", { status: 502, body: "<html></html>" }],
    ["a reset", reset()],
    ["silence", timeout()],
  ] satisfies [string, StubAnswer][])(
    "a create that one may have passed on is not sent to the other: %s",
    async ([, answer]) => {
      const { gateway, requests } = worldWith("one.test", answer);
      await expect(gateway.createPrediction(CREATE)).resolves.toMatchObject({ kind: "unknown" });
      expect(hostsOf(requests)).toEqual(["one.test"]);
    },
  );

  it("a read that one does not answer is asked of the other", async () => {
    const { gateway, requests } = worldWith("one.test", { status: 502, body: "" });
    await expect(gateway.getPrediction(ID)).resolves.toMatchObject({ id: ID });
    expect(hostsOf(requests)).toEqual(["one.test", "two.test"]);
  });

  it("one that stops answering is left alone, but for a probe now and then", async () => {
    const { gateway, requests, pass } = worldWith("one.test", { status: 502, body: "" });
    for (let call = 0; call < 600; call++) {
      pass(200);
      await gateway.createPrediction(CREATE);
    }
    const toBroken = hostsOf(requests).filter((host) => host === "one.test").length;
    expect(toBroken).toBeLessThanOrEqual(20 + 120 / 5);
    expect(gateway.createWaitMs()).toBe(0);
  });
});

describe("with two accounts", () => {
  it("an empty one is left for the other, within the same call", async () => {
    const { gateway, requests } = createStubGateway([], {
      config: { replicateTokens: ["r8_empty", "r8_full"] },
      answer: ({ headers }) =>
        headers.authorization === "Bearer r8_empty" ? { status: 402, body: { detail: "d" } } : ACCEPTED,
    });
    for (let number = 0; number < 5; number++) {
      await expect(gateway.createPrediction(CREATE)).resolves.toMatchObject({ kind: "accepted" });
    }
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer r8_empty",
      ...Array.from({ length: 5 }, () => "Bearer r8_full"),
    ]);
  });
});

const DIRECT = { direct: { replicateUrl: "https://replicate.test/v1", geminiUrl: "https://google.test" } };

describe("with the direct way allowed", () => {
  it("nothing goes past the gateway while it answers", async () => {
    const { gateway, requests } = createStubGateway([ACCEPTED], { config: DIRECT });
    for (let number = 0; number < 10; number++) {
      await gateway.createPrediction(CREATE);
    }
    expect(new Set(hostsOf(requests))).toEqual(new Set(["gateway.test"]));
  });

  it("a create goes past a gateway that refuses to carry it, and says so in its record", async () => {
    const { gateway, requests, records } = worldWith("gateway.test", gatewayError(402, 2021), DIRECT);
    await expect(gateway.createPrediction(CREATE)).resolves.toMatchObject({ kind: "accepted" });
    expect(requests.at(-1)?.url).toBe("https://replicate.test/v1/predictions");
    expect(records.at(-1)).toMatchObject({ isDirect: true, routeId: "direct", outcome: "ok" });
  });

  it("the provider gets nothing there that is meant for the gateway: no token, no ids", async () => {
    const { gateway, requests } = worldWith("gateway.test", gatewayError(402, 2021), DIRECT);
    await gateway.createPrediction(CREATE);
    const headers = Object.entries(requests.at(-1)?.headers ?? {});
    expect(headers.filter(([name]) => name.startsWith("cf-aig-"))).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain("gateway-token");
    expect(Object.fromEntries(headers)).toMatchObject({
      authorization: "Bearer r8_token",
      "cancel-after": "600s",
    });
  });

  it("a gateway that only did not answer is not got around by sending a create twice", async () => {
    const { gateway, requests } = worldWith("gateway.test", timeout(), DIRECT);
    await expect(gateway.createPrediction(CREATE)).resolves.toMatchObject({ kind: "unknown" });
    expect(requests).toHaveLength(1);
  });

  it("without it, calls wait for the gateway", async () => {
    const { gateway, requests } = worldWith("gateway.test", gatewayError(402, 2021), {});
    await gateway.createPrediction(CREATE);
    await expect(gateway.createPrediction(CREATE)).resolves.toMatchObject({ kind: "later" });
    expect(new Set(hostsOf(requests))).toEqual(new Set(["gateway.test"]));
  });
});
