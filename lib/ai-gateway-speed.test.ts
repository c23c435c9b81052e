import { describe, expect, it } from "vitest";
import { stubResponse } from "@/tests/support/stub-gateway";
import { AiGateway, type CreateRequest } from "./ai-gateway";

const ID = "gm3qorzdhgbfurvjtvhg6dckhu";
const PREDICTION = { id: ID, status: "processing", input: { seed: 7 }, logs: "x".repeat(500) };
const CREATE: CreateRequest = {
  upstreamModel: "black-forest-labs/flux-schnell",
  input: { prompt: "a fox", seed: 7, num_outputs: 2, go_fast: true, aspect_ratio: "1:1" },
  webhookUrl: "https://studio.test/api/webhooks/replicate?attempt=token",
  costUsd: 0.006,
  metadata: { generation: "gen_1", attempt: 1, model: "flux-schnell" },
  cancelAfterSeconds: 600,
};
const TEXT = { upstreamModel: "m", system: "s", text: "a fox", outputTokensMax: 80 };
const ANSWER = {
  ...PREDICTION,
  candidates: [{ content: { parts: [{ text: "A fox." }] }, finishReason: "STOP" }],
};

const CALLS = 200;
const BATCHES_MIN = 10;
const RATIO_MAX = 5;
const PATIENCE_MS = 20_000;

/** The class over no transport at all: what is left is its own time. */
function openGateway(): AiGateway {
  return new AiGateway(
    {
      gatewayUrls: ["https://gateway.test/v1/a/g"],
      gatewayToken: "t",
      replicateTokens: ["r8_t"],
      geminiKey: "k",
    },
    {
      send: async () => stubResponse({ body: ANSWER }),
      nowMs: () => performance.now(),
      random: Math.random,
      sleep: async () => {},
      onCall: () => {},
    },
  );
}

/** What no client can do without: the address, the body written, the answer read, and a few turns of promises. */
async function leastOfACall(): Promise<unknown> {
  const { href } = new URL("/v1/a/g/replicate/predictions", "https://gateway.test");
  const sent = JSON.stringify({ href, ...CREATE });
  const response = await Promise.resolve(stubResponse({ body: ANSWER }));
  let text = "";
  for await (const chunk of response.body) {
    text += new TextDecoder().decode(chunk);
  }
  return [sent, JSON.parse(text)];
}

/** How long one call takes in a batch of them. Microseconds. */
async function measureUs(once: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  for (let call = 0; call < CALLS; call++) {
    await once();
  }
  return ((performance.now() - startedMs) / CALLS) * 1000;
}

/**
 * The fastest batch over the fastest batch of the least, as one that was interrupted, or came before the compiler, says
 * nothing of the code. It measures for as long as the ratio is too large and there is time: what is slow stays so.
 */
async function leastRatio(once: () => Promise<unknown>): Promise<number> {
  const endMs = performance.now() + PATIENCE_MS;
  let own = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (
    let batch = 0;
    batch < BATCHES_MIN || (own > least * RATIO_MAX && performance.now() < endMs);
    batch++
  ) {
    least = Math.min(least, await measureUs(leastOfACall));
    own = Math.min(own, await measureUs(once));
  }
  return own / least;
}

describe("the class's own time", () => {
  const gateway = openGateway();

  it.for([
    ["a read", () => gateway.getPrediction(ID)],
    ["a create", () => gateway.createPrediction(CREATE)],
    ["a text", () => gateway.generateText(TEXT)],
  ] as const)(
    "is a few times the least that a call needs: %s",
    { timeout: 2 * PATIENCE_MS },
    async ([, once]) => {
      expect(await leastRatio(once)).toBeLessThanOrEqual(RATIO_MAX);
    },
  );
});
