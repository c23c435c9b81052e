import { setTimeout as sleep } from "node:timers/promises";
import { GoogleGenerativeAI } from "@google/generative-ai";
import Replicate from "replicate";
import { request } from "undici";
import { AiGateway } from "@/lib/ai-gateway";
import { toWire } from "@/lib/providers/gemini";
import type { HttpTransport } from "@/lib/upstream/transport";
import { createUndiciTransport } from "@/lib/upstream/undici-transport";

/** What the mock upstream answers to everything: a prediction and a text at once. */
export const ANSWER = JSON.stringify({
  id: "gm3qorzdhgbfurvjtvhg6dckhu",
  status: "processing",
  candidates: [{ content: { role: "model", parts: [{ text: "A fox." }] }, finishReason: "STOP" }],
});

const TEXT = { upstreamModel: "m", system: "s", text: "a fox", outputTokensMax: 80 };

const ANSWER_BYTES = new TextEncoder().encode(ANSWER);

/** No transport at all: what is left is the class's own time. */
const answerAtOnce: HttpTransport = () =>
  Promise.resolve({
    status: 200,
    header: () => undefined,
    body: (async function* () {
      yield ANSWER_BYTES;
    })(),
  });

function createGateway(url: string, send: HttpTransport): AiGateway {
  return new AiGateway(
    { gatewayUrls: [`${url}/v1/a/g`], gatewayToken: "t", replicateTokens: ["r8_t"], geminiKey: "k" },
    {
      send,
      nowMs: () => performance.now(),
      random: Math.random,
      sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
      onCall: () => {},
    },
  );
}

/** What the class sends with every call; the floor sends the same, so that both put the same bytes on the wire. */
const HEADERS = {
  authorization: "Bearer r8_t",
  "content-type": "application/json",
  "user-agent": "replicate-javascript/1.4.0",
  "cf-aig-authorization": "Bearer t",
  "cf-aig-event-id": "call_01jd8x01jd8x01jd8x01jd8x01",
  "cf-aig-skip-cache": "true",
  "cf-aig-collect-log-payload": "false",
};

async function readRaw(url: string): Promise<unknown> {
  const { body } = await request(`${url}/v1/a/g/replicate/predictions/x`, { headers: HEADERS });
  return body.json();
}

async function askRaw(url: string): Promise<unknown> {
  const { body } = await request(`${url}/v1/a/g/google-ai-studio/v1beta/models/m:generateContent`, {
    method: "POST",
    headers: HEADERS,
    body: JSON.stringify(toWire(TEXT)),
  });
  return body.json();
}

/** A contender is measured against a floor: the call that undici.request would need for the same. */
export type Contender = { floor: string; open: (url: string) => () => Promise<unknown> };

export const READ_FLOOR = "undici.request, a read";
export const TEXT_FLOOR = "undici.request, a text";
/** The floor once more: what it differs by is the noise of this machine. */
export const CONTROL = "undici.request, a read again";

/** Each makes one call to the mock upstream at `url` and reads its answer whole. */
export const CONTENDERS: Record<string, Contender> = {
  [READ_FLOOR]: { floor: READ_FLOOR, open: (url) => () => readRaw(url) },
  [CONTROL]: { floor: READ_FLOOR, open: (url) => () => readRaw(url) },
  "the gateway class, a read": {
    floor: READ_FLOOR,
    open: (url) => {
      const gateway = createGateway(url, createUndiciTransport());
      return () => gateway.getPrediction("gm3qorzdhgbfurvjtvhg6dckhu");
    },
  },
  [TEXT_FLOOR]: { floor: TEXT_FLOOR, open: (url) => () => askRaw(url) },
  "the gateway class, a text": {
    floor: TEXT_FLOOR,
    open: (url) => {
      const gateway = createGateway(url, createUndiciTransport());
      return () => gateway.generateText(TEXT);
    },
  },
  "the gateway class, a read, nothing sent": {
    floor: READ_FLOOR,
    open: (url) => {
      const gateway = createGateway(url, answerAtOnce);
      return () => gateway.getPrediction("gm3qorzdhgbfurvjtvhg6dckhu");
    },
  },
  "the gateway class, a text, nothing sent": {
    floor: TEXT_FLOOR,
    open: (url) => {
      const gateway = createGateway(url, answerAtOnce);
      return () => gateway.generateText(TEXT);
    },
  },
  fetch: {
    floor: READ_FLOOR,
    open: (url) => async () => {
      const response = await fetch(`${url}/v1/a/g/replicate/predictions/x`, { headers: HEADERS });
      const answer: unknown = await response.json();
      return answer;
    },
  },
  "replicate's client, a read": {
    floor: READ_FLOOR,
    open: (url) => {
      const client = new Replicate({ auth: "r8_t", baseUrl: `${url}/v1/a/g/replicate` });
      return () => client.predictions.get("gm3qorzdhgbfurvjtvhg6dckhu");
    },
  },
  "Google's client, a text": {
    floor: TEXT_FLOOR,
    open: (url) => {
      const model = new GoogleGenerativeAI("k").getGenerativeModel(
        { model: "m" },
        { baseUrl: `${url}/v1/a/g` },
      );
      return () => model.generateContent("a fox");
    },
  },
};
