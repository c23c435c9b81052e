import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createStubGateway, refusedConnection } from "@/tests/support/stub-gateway";
import type { CreateRequest } from "./ai-gateway";

const ID = "gm3qorzdhgbfurvjtvhg6dckhu";
const PREDICTION = { id: ID, status: "starting" };
const CREATE: CreateRequest = {
  upstreamModel: "black-forest-labs/flux-schnell",
  input: { prompt: "a fox, 狐", seed: 7, num_outputs: 2, go_fast: true },
  webhookUrl: "https://studio.test/api/webhooks/replicate?attempt=token",
  costUsd: 0.006,
  metadata: { generation: "gen_1", attempt: 1, model: "flux-schnell" },
  cancelAfterSeconds: 600,
};
const TEXT = {
  upstreamModel: "gemini-3.5-flash-lite",
  system: "Improve.",
  text: "a fox",
  outputTokensMax: 80,
};
const ANSWER = { candidates: [{ content: { parts: [{ text: "A fox." }] }, finishReason: "STOP" }] };
const SSE = `data: ${JSON.stringify(ANSWER)}\r\n\r\n`;

type Gateway = ReturnType<typeof createStubGateway>["gateway"];

async function readAll(stream: Promise<AsyncIterable<string>>): Promise<string> {
  let text = "";
  for await (const piece of await stream) {
    text += piece;
  }
  return text;
}

/** Every way through the door, and an answer that satisfies it. */
const OPERATIONS = [
  ["create", PREDICTION, (gateway: Gateway) => gateway.createPrediction(CREATE)],
  ["get", PREDICTION, (gateway: Gateway) => gateway.getPrediction(ID)],
  ["cancel", PREDICTION, (gateway: Gateway) => gateway.cancelPrediction(ID)],
  ["list", { results: [] }, (gateway: Gateway) => gateway.listPredictions({ sinceMs: 0 })],
  ["generate text", ANSWER, (gateway: Gateway) => gateway.generateText(TEXT)],
  ["stream text", SSE, (gateway: Gateway) => readAll(gateway.streamText(TEXT))],
] as const;

describe.for(OPERATIONS)("each %s", ([name, body, ask]) => {
  it("goes once, uncached, unlogged in its payload, and with the gateway's token", async () => {
    const { gateway, requests } = createStubGateway([{ body }]);
    await ask(gateway);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers).toMatchObject({
      "cf-aig-authorization": "Bearer gateway-token",
      "cf-aig-skip-cache": "true",
      "cf-aig-collect-log-payload": "false",
    });
    expect(requests[0]?.headers["cf-aig-event-id"]).toMatch(/^call_/);
    expect(requests[0]?.headers).not.toHaveProperty("cf-aig-cache-key");
  });

  it("carries no gateway token when there is none", async () => {
    const { gateway, requests } = createStubGateway([{ body }], { config: { gatewayToken: undefined } });
    await ask(gateway);
    expect(Object.keys(requests[0]?.headers ?? {})).not.toContain("cf-aig-authorization");
  });

  it("carries no provider's key when the gateway holds it", async () => {
    const config = { replicateTokens: [], geminiKey: undefined };
    const { gateway, requests } = createStubGateway([{ body }], { config });
    await ask(gateway);
    const names = Object.keys(requests[0]?.headers ?? {}).map((header) => header.toLowerCase());
    expect(names).not.toContain("authorization");
    expect(names).not.toContain("x-goog-api-key");
  });

  it("sends one provider's key to that provider alone", async () => {
    const { gateway, requests } = createStubGateway([{ body }]);
    await ask(gateway);
    const headers = requests[0]?.headers ?? {};
    const isText = name.endsWith("text");
    expect(headers.authorization).toBe(isText ? undefined : "Bearer r8_token");
    expect(headers["x-goog-api-key"]).toBe(isText ? "gemini-key" : undefined);
  });

  it("ends under a signal of its own", async () => {
    const { gateway, requests } = createStubGateway([{ body }]);
    await ask(gateway);
    expect(requests[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it("is recorded once, as ok, with its tries and the gateway's log row", async () => {
    const headers = { "cf-aig-log-id": "01LOG", "cf-aig-cache-status": "MISS" };
    const { gateway, records } = createStubGateway([{ body, headers }]);
    await ask(gateway);
    expect(records).toHaveLength(1);
    expect(records[0]?.callId).toMatch(/^call_/);
    expect(records[0]).toMatchObject({
      outcome: "ok",
      failure: null,
      tries: 1,
      logId: "01LOG",
      cacheStatus: "MISS",
    });
  });
});

describe("a create", () => {
  async function send(request: Partial<CreateRequest> = {}) {
    const { gateway, requests } = createStubGateway([{ status: 201, body: PREDICTION }]);
    await gateway.createPrediction({ ...CREATE, ...request });
    return requests[0];
  }

  it("is a POST to the gateway's Replicate, without the provider's own version in the path", async () => {
    const request = await send();
    expect(request?.method).toBe("POST");
    expect(request?.url).toBe("https://gateway.test/v1/account/studio/replicate/predictions");
  });

  it("has exactly the documented body", async () => {
    expect(JSON.parse((await send())?.body ?? "")).toEqual({
      version: "black-forest-labs/flux-schnell",
      input: CREATE.input,
      webhook: CREATE.webhookUrl,
      webhook_events_filter: ["start", "completed"],
    });
  });

  it("forbids the gateway to repeat it, bounds its life and names its cost", async () => {
    const headers = (await send())?.headers ?? {};
    expect(headers).toMatchObject({
      "cf-aig-max-attempts": "1",
      "cancel-after": "600s",
      "content-type": "application/json",
    });
    expect(JSON.parse(headers["cf-aig-custom-cost"] ?? "")).toEqual({ total_cost: 0.006 });
  });

  it("does not ask the provider to wait for the picture", async () => {
    expect(Object.keys((await send())?.headers ?? {})).not.toContain("prefer");
  });

  it("has metadata of at most five scalars, none of them a prompt or an address", async () => {
    const text = (await send())?.headers["cf-aig-metadata"] ?? "";
    const metadata = z.record(z.string(), z.union([z.string(), z.number()])).parse(JSON.parse(text));
    expect(metadata).toEqual(CREATE.metadata);
    expect(Object.keys(metadata).length).toBeLessThanOrEqual(5);
    expect(text).not.toContain("fox");
  });

  it("uses several provider tokens in turn", async () => {
    const config = { replicateTokens: ["r8_a", "r8_b"] };
    const { gateway, requests } = createStubGateway([{ status: 201, body: PREDICTION }], { config });
    for (let number = 0; number < 4; number++) {
      await gateway.createPrediction(CREATE);
    }
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer r8_a",
      "Bearer r8_b",
      "Bearer r8_a",
      "Bearer r8_b",
    ]);
  });

  it("is built anew for each try, so that a repeated one is the same bytes", async () => {
    const { gateway, requests } = createStubGateway([refusedConnection(), { status: 201, body: PREDICTION }]);
    await gateway.createPrediction(CREATE);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.body).toBe(requests[0]?.body);
  });
});

describe("the other Replicate calls", () => {
  it.for([
    [OPERATIONS[1], "GET", `/predictions/${ID}`],
    [OPERATIONS[2], "POST", `/predictions/${ID}/cancel`],
    [OPERATIONS[3], "GET", "/predictions"],
  ] as const)("go each to its own address: $0.0", async ([[, body, ask], method, path]) => {
    const { gateway, requests } = createStubGateway([{ body }]);
    await ask(gateway);
    expect(requests[0]).toMatchObject({
      method,
      url: `https://gateway.test/v1/account/studio/replicate${path}`,
    });
    expect(requests[0]?.headers).not.toHaveProperty("cf-aig-max-attempts");
  });
});

describe("a text call", () => {
  it.for([
    ["whole", "generateContent", ANSWER],
    ["streamed", "streamGenerateContent?alt=sse", SSE],
  ] as const)("goes, %s, to v1beta of Google AI Studio", async ([name, task, body]) => {
    const { gateway, requests } = createStubGateway([{ body }]);
    await (name === "whole" ? gateway.generateText(TEXT) : gateway.streamText(TEXT));
    expect(requests[0]?.url).toBe(
      `https://gateway.test/v1/account/studio/google-ai-studio/v1beta/models/gemini-3.5-flash-lite:${task}`,
    );
  });

  it("has a body without sampling parameters, which newer models refuse", async () => {
    const { gateway, requests } = createStubGateway([{ body: ANSWER }]);
    await gateway.generateText(TEXT);
    const body: unknown = JSON.parse(requests[0]?.body ?? "");
    expect(body).toEqual({
      systemInstruction: { role: "system", parts: [{ text: "Improve." }] },
      contents: [{ role: "user", parts: [{ text: "a fox" }] }],
      generationConfig: { maxOutputTokens: 80, candidateCount: 1 },
      safetySettings: ["HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"].map((name) => ({
        category: `HARM_CATEGORY_${name}`,
        threshold: "BLOCK_MEDIUM_AND_ABOVE",
      })),
    });
  });
});
