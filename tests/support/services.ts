import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll } from "vitest";
import type { Db } from "@/db/client";
import { AiGateway } from "@/lib/ai-gateway";
import { createFileStorage } from "@/lib/assets/file-storage";
import { sharpWorkshop } from "@/lib/assets/sharp-workshop";
import { readTextModels } from "@/lib/models/text-models";
import { createMetrics } from "@/lib/monitoring/metrics";
import type { Services } from "@/lib/services";
import { Bulkhead } from "@/lib/upstream/bulkhead";
import type { HttpTransport } from "@/lib/upstream/transport";
import { createUndiciTransport } from "@/lib/upstream/undici-transport";
import { setTestEnvironment } from "./environment";
import type { TestEmulator } from "./start-emulator";

export const DELIVERY_HOST = "replicate.delivery";

export const POLICY: Services["policy"] = {
  signupCredits: 50,
  freeMonthlyLimit: 5,
  generationDeadlineSeconds: 900,
  rateLimits: {
    generate: { count: 10_000, seconds: 1 },
    prompt: { count: 10_000, seconds: 1 },
    task: { count: 10_000, seconds: 1 },
    redeem: { count: 10_000, seconds: 1 },
    reference: { count: 10_000, seconds: 1 },
    draft: { count: 10_000, seconds: 1 },
  },
  // By the day: tests move the database's clock ahead and back, and a token taken then counts until then.
  createRate: { count: 100_000_000, seconds: 86_400 },
};

/** A folder for pictures that is gone after the file's last test. */
export function createTestStorage() {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-pictures-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return createFileStorage(folder);
}

const gatewayUrlOf = (emulator: Pick<TestEmulator, "variables"> | undefined) =>
  emulator?.variables.CLOUDFLARE_AI_GATEWAY_URL ?? "http://127.0.0.1:1/v1/none/none";

/** The real class towards the emulator, with circuits and budgets that know of nothing yet. */
export function createTestGateway({
  emulator,
  patienceMs = 60_000,
}: {
  emulator?: Pick<TestEmulator, "variables"> | undefined;
  /** Every call ends after this long, in place of the policies' many seconds. */
  patienceMs?: number;
}): AiGateway {
  const send = createUndiciTransport();
  const impatient: HttpTransport = (request) =>
    send({ ...request, signal: AbortSignal.any([request.signal, AbortSignal.timeout(patienceMs)]) });
  return new AiGateway(
    {
      gatewayUrls: [gatewayUrlOf(emulator)],
      gatewayToken: emulator?.variables.CLOUDFLARE_AI_GATEWAY_TOKEN,
      replicateTokens: [emulator?.variables.REPLICATE_API_TOKEN ?? "r8_test"],
      geminiKey: emulator?.variables.GEMINI_API_KEY,
    },
    {
      send: impatient,
      nowMs: () => performance.now(),
      random: Math.random,
      sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
      onCall: () => {},
    },
  );
}

/**
 * What a use case needs of the world, on a real database. The upstream is the emulator, over real HTTP, or whatever
 * `gateway` and `send` stand for. What is logged goes nowhere.
 */
export function createTestServices(
  db: Db,
  {
    emulator,
    siteUrl = "http://localhost:3000",
    ...overrides
  }: {
    emulator?: Pick<TestEmulator, "url" | "variables">;
    siteUrl?: string;
  } & Partial<Services>,
): Services {
  setTestEnvironment();
  return {
    db,
    auditDb: db,
    send: createUndiciTransport(),
    gateway: createTestGateway({ emulator }),
    gatewayUrls: [gatewayUrlOf(emulator)],
    storage: overrides.storage ?? createTestStorage(),
    workshop: sharpWorkshop,
    sendMail: null,
    deliveryHosts: [emulator?.variables.REPLICATE_DELIVERY_HOSTS ?? DELIVERY_HOST],
    downloads: new Bulkhead(8),
    uploads: new Bulkhead(2),
    metrics: createMetrics(),
    ...readTextModels({ GEMINI_MODEL: "gemini-1.5-flash", GEMINI_UPSTREAM_MODELS: [] }),
    siteUrl,
    addressSecret: "a secret of the tests that is long enough",
    policy: POLICY,
    ...overrides,
  };
}
