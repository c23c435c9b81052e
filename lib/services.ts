import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, getDb, type Lane } from "@/db/client";
import { env, isUpstreamLocal } from "@/env.mjs";
import { currentScope } from "@/host/scope";
import { createTransport, createWorkshop, openMail, openStorage } from "@/lib/host";
import { AiGateway } from "./ai-gateway";
import type { TextModelId } from "./ai-gateway-utils";
import type { Storage } from "./assets/storage";
import type { PictureWorkshop } from "./assets/workshop";
import { withFailpoints } from "./failing-transport";
import { log } from "./logger";
import type { SendMail } from "./mail/mail";
import { readTextModels, type TextUpstreams } from "./models/text-models";
import { createMetrics, type Metrics } from "./monitoring/metrics";
import { recordCall } from "./monitoring/record-call";
import { Bulkhead } from "./upstream/bulkhead";
import { readDirect } from "./upstream/direct";
import type { HttpTransport } from "./upstream/transport";

export type { Lane };

/** Numbers of the product that an operator may set. */
export type Policy = {
  signupCredits: number;
  freeMonthlyLimit: number;
  generationDeadlineSeconds: number;
  rateLimits: Record<
    "generate" | "prompt" | "task" | "redeem" | "reference" | "draft",
    { count: number; seconds: number }
  >;
  /** Creates that all instances together send. */
  createRate: { count: number; seconds: number };
};

/** What a use case needs of the world. Tests build their own on a real database, the emulator and a folder. */
export type Services = {
  db: Db;
  /** For a statement that may take minutes. */
  auditDb: Db;
  gateway: AiGateway;
  /** For outputs, which are fetched from the provider directly. */
  send: HttpTransport;
  /** So many outputs are fetched at a time. */
  downloads: Bulkhead;
  /** So many pictures that people hand in are remade at a time. */
  uploads: Bulkhead;
  storage: Storage;
  /** Null where pictures can only be served as they were delivered. */
  workshop: PictureWorkshop | null;
  /** Null where no mail can be sent. */
  sendMail: SendMail | null;
  metrics: Metrics;
  /** Each `…/v1/{account}/{gateway}`. */
  gatewayUrls: string[];
  /** Hosts that outputs may be fetched from. */
  deliveryHosts: string[];
  /** The catalogue identifier of the model that improves and translates prompts. */
  textModel: TextModelId;
  textUpstreams: TextUpstreams;
  siteUrl: string;
  /** Signs the addresses that the provider fetches reference pictures from. */
  addressSecret: string;
  policy: Policy;
};

/** Four fifths of what Replicate allows an account: 600 creates a minute (replicate.com/docs/topics/predictions/rate-limits). */
const CREATE_RATE = { count: 480, seconds: 60 };
const DOWNLOADS_MAX = 8;
/** Each is a process of its own. */
const UPLOADS_MAX = 2;
const REFERENCE_RATE = { count: 20, seconds: 60 };
/** A browser sends one after five seconds without a change; there may be several, and somebody who tries to. */
const DRAFT_RATE = { count: 60, seconds: 60 };

/** Kept for longer than a scope: on Workers, counters of one request would count nothing. */
let metricsOfProcess: Metrics | undefined;

function createServices(): Services {
  const values = env();
  const send = withFailpoints(createTransport());
  metricsOfProcess ??= createMetrics();
  const metrics = metricsOfProcess;
  return {
    db: getDb(),
    auditDb: getDb("audit"),
    send,
    metrics,
    downloads: new Bulkhead(DOWNLOADS_MAX),
    uploads: new Bulkhead(UPLOADS_MAX),
    gateway: new AiGateway(
      {
        gatewayUrls: values.CLOUDFLARE_AI_GATEWAY_URL,
        gatewayToken: values.CLOUDFLARE_AI_GATEWAY_TOKEN,
        replicateTokens: values.REPLICATE_API_TOKEN,
        geminiKey: values.GEMINI_API_KEY,
        direct: readDirect(values, { isUpstreamLocal: isUpstreamLocal() }),
      },
      {
        send,
        nowMs: () => performance.now(),
        random: Math.random,
        sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
        onCall: (record) => recordCall({ logger: log(), metrics }, record),
      },
    ),
    gatewayUrls: values.CLOUDFLARE_AI_GATEWAY_URL,
    storage: openStorage(values),
    workshop: createWorkshop(),
    sendMail: openMail(values),
    deliveryHosts: values.REPLICATE_DELIVERY_HOSTS,
    ...readTextModels(values),
    siteUrl: values.NEXT_PUBLIC_SITE_URL,
    addressSecret: values.BETTER_AUTH_SECRET,
    policy: {
      signupCredits: values.SIGNUP_CREDITS,
      freeMonthlyLimit: values.FREE_MONTHLY_LIMIT,
      generationDeadlineSeconds: values.GENERATION_DEADLINE_SECONDS,
      rateLimits: {
        generate: values.RATE_LIMIT_GENERATE,
        prompt: values.RATE_LIMIT_PROMPT,
        task: values.RATE_LIMIT_TASK,
        // Guessing at a code is like guessing at a password.
        redeem: values.RATE_LIMIT_AUTH,
        reference: REFERENCE_RATE,
        draft: DRAFT_RATE,
      },
      createRate: CREATE_RATE,
    },
  };
}

declare module "@/host/scope" {
  interface Scope {
    services?: Partial<Record<Lane, Services>>;
  }
}

/** The scope's services, made on first use; each lane's are the same but for their connections to the database. */
export function getServices(lane: Lane = "requests"): Services {
  const scope = currentScope();
  scope.services ??= {};
  const made = scope.services;
  made.requests ??= createServices();
  made[lane] ??= { ...made.requests, db: getDb(lane) };
  return made[lane];
}
