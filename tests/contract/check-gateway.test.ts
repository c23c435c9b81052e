import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { checkGateway, type GatewayCheckOptions } from "@/lib/monitoring/check-gateway";
import type { CheckRow } from "@/lib/monitoring/check-run";
import { listenForDelivery } from "@/lib/monitoring/listen-for-delivery";
import { createUndiciTransport } from "@/lib/upstream/undici-transport";
import { startEmulator } from "@/tests/support/start-emulator";

const emulator = await startEmulator({ EMULATOR_SPEED: "50" });
const listener = await listenForDelivery();
const send = createUndiciTransport();
afterAll(async () => {
  listener.close();
  await emulator.stop();
});
beforeEach(() => emulator.reset());

const OTHER_SECRET = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const SECRETS = [...Object.values(emulator.credentials), OTHER_SECRET];

type Change = { variables?: Record<string, string | undefined> } & Partial<GatewayCheckOptions>;

/** Every report that a test sees is searched for secrets on the way. */
async function reportOf({ variables, ...options }: Change = {}): Promise<CheckRow[]> {
  const shown: CheckRow[] = [];
  const rows = await checkGateway({
    variables: { ...emulator.variables, ...variables },
    isDryRun: false,
    listener,
    send,
    onRow: (row) => shown.push(row),
    ...options,
  });
  expect(shown).toEqual(rows);
  const text = JSON.stringify(rows);
  for (const secret of SECRETS) {
    expect(text).not.toContain(secret);
  }
  return rows;
}

const find = (rows: readonly CheckRow[], id: string) => rows.filter((row) => row.id === id);
const failuresIn = (rows: readonly CheckRow[]) => rows.filter(({ state }) => state === "failed");

/** The one row that failed, which must say what to do. */
async function onlyFailureOf(change: Change): Promise<CheckRow> {
  const failures = failuresIn(await reportOf(change));
  expect(failures.map(({ id }) => id)).toHaveLength(1);
  const [row] = failures;
  expect(row?.remedy).toBeTruthy();
  if (!row) {
    throw new Error("no row failed");
  }
  return row;
}

const setFaults = (...names: string[]) => emulator.faults({ names, replace: true });

describe("a sound gateway", () => {
  it("passes every step, from the settings to the webhook's way back, with the time that each took", async () => {
    const rows = await reportOf();
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      ["settings", "ok"],
      ["gateway", "ok"],
      ["predictions", "ok"],
      ["webhook_secret", "ok"],
      ["text", "ok"],
      ["text", "ok"],
      ["picture", "ok"],
      ["webhook", "ok"],
    ]);
    expect(find(rows, "picture")[0]?.detail).toMatch(
      /^flux-schnell: a webp of 1024 x 1024 \(\d+ kB\) decodes; /,
    );
    expect(find(rows, "picture")[0]?.durationMs).toBeGreaterThan(0);
    expect(find(rows, "gateway")[0]?.logId).toMatch(/^[0-9A-Z]{26}$/);
  });

  it("creates one prediction, the cheapest, and one answer a text model", async () => {
    await reportOf();
    const books = (await emulator.books()) as {
      predictions: { model: string }[];
      calls: { operation: string }[];
    };
    expect(books.predictions.map(({ model }) => model)).toEqual(["black-forest-labs/flux-schnell"]);
    expect(books.calls.filter(({ operation }) => operation === "gemini.generate")).toHaveLength(2);
  });

  it("spends nothing on a dry run, and still asks for keys and models", async () => {
    const rows = await reportOf({ isDryRun: true });
    expect(failuresIn(rows)).toEqual([]);
    expect(rows.filter(({ state }) => state === "skipped").map(({ id }) => id)).toEqual([
      "picture",
      "webhook",
    ]);
    const books = (await emulator.books()) as { calls: { operation: string }[] };
    const operations = new Set(books.calls.map(({ operation }) => operation));
    expect([...operations].toSorted()).toEqual([
      "gemini.other",
      "replicate.get",
      "replicate.list",
      "replicate.other",
    ]);
  });

  it("checks every gateway and every account of several", async () => {
    const url = emulator.variables.CLOUDFLARE_AI_GATEWAY_URL ?? "";
    const rows = await reportOf({
      isDryRun: true,
      variables: {
        CLOUDFLARE_AI_GATEWAY_URL: `${url},${url.replace("sunprint", "second")}`,
        REPLICATE_API_TOKEN: `${emulator.credentials.replicateToken},r8_wrong`,
      },
    });
    expect(find(rows, "gateway").map(({ name, state }) => [name, state])).toEqual([
      ["Gateway sunprint", "ok"],
      ["Gateway second", "ok"],
    ]);
    expect(find(rows, "predictions").map(({ name, state }) => [name, state])).toEqual([
      ["Replicate account 1 of 2", "ok"],
      ["Replicate account 2 of 2", "failed"],
    ]);
  });
});

describe("settings", () => {
  const base = emulator.variables.CLOUDFLARE_AI_GATEWAY_URL ?? "";
  it.for([
    ["no gateway id", { CLOUDFLARE_AI_GATEWAY_URL: base.replace("/sunprint", "") }, "lacks the gateway id"],
    [
      "no account and no gateway",
      { CLOUDFLARE_AI_GATEWAY_URL: `${emulator.url}/v1` },
      "lacks the account id and the gateway id",
    ],
    ["a doubled slash", { CLOUDFLARE_AI_GATEWAY_URL: base.replace("/v1/", "/v1//") }, "has a doubled slash"],
    [
      "a provider behind it",
      { CLOUDFLARE_AI_GATEWAY_URL: `${base}/replicate` },
      "goes on behind the gateway id",
    ],
    ["no /v1", { CLOUDFLARE_AI_GATEWAY_URL: base.replace("/v1", "") }, "lacks /v1"],
    [
      "plain http",
      { CLOUDFLARE_AI_GATEWAY_URL: "http://gateway.ai.cloudflare.com/v1/a/b" },
      "Write https://",
    ],
    ["no address", { CLOUDFLARE_AI_GATEWAY_URL: "sunprint" }, "is no address"],
    ["a secret without whsec_", { REPLICATE_WEBHOOK_SECRET: "abc" }, "with whsec_ in front"],
    ["a missing secret", { REPLICATE_WEBHOOK_SECRET: undefined }, "/v1/webhooks/default/secret"],
    ["an unknown model", { GEMINI_MODEL: "gemini-9" }, "one of gemini-1.5-flash, gemini-1.5-pro"],
    ["a replaced model that is none", { GEMINI_UPSTREAM_MODELS: "gemini-9=x" }, "identifier=model"],
    ["a site that is no address", { NEXT_PUBLIC_SITE_URL: "studio" }, "https://studio.example.com"],
    ["delivery hosts that are none", { REPLICATE_DELIVERY_HOSTS: "http://x" }, "env.cloudflare.template"],
  ] as const)(
    "%s: the variable is named, the remedy fits, nothing is sent",
    async ([, variables, remedy]) => {
      const row = await onlyFailureOf({ variables });
      expect(row).toMatchObject({ id: "settings" });
      expect(row.detail).toContain(Object.keys(variables)[0]);
      expect(row.remedy).toContain(remedy);
      expect((await emulator.books()) as { calls: unknown[] }).toMatchObject({ calls: [] });
    },
  );
});

describe("what is wrong is named on the side where it is", () => {
  it("the gateway's token", async () => {
    const rows = await reportOf({ variables: { CLOUDFLARE_AI_GATEWAY_TOKEN: "wrong" } });
    expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "settings ok",
      "gateway failed",
      "predictions skipped",
      "webhook_secret skipped",
      "text skipped",
      "picture skipped",
      "webhook skipped",
    ]);
    const row = await onlyFailureOf({ variables: { CLOUDFLARE_AI_GATEWAY_TOKEN: "wrong" } });
    expect(row).toMatchObject({ id: "gateway", failure: "gateway_auth" });
    expect(row.detail).toBe("The gateway refuses CLOUDFLARE_AI_GATEWAY_TOKEN (401).");
    expect(row.remedy).toContain("AI Gateway: Run");
  });

  it("a gateway that needs a token and gets none", async () => {
    const row = await onlyFailureOf({ variables: { CLOUDFLARE_AI_GATEWAY_TOKEN: undefined } });
    expect(row).toMatchObject({ id: "gateway", failure: "gateway_auth" });
    expect(row.detail).toBe("The gateway wants a token, and CLOUDFLARE_AI_GATEWAY_TOKEN is unset (401).");
  });

  it("a gateway id that does not exist", async () => {
    await emulator.settings({ gateway: { known: ["another"] } });
    const row = await onlyFailureOf({});
    expect(row).toMatchObject({ id: "gateway", failure: "gateway_misconfigured" });
    expect(row.remedy).toContain("Copy account id and gateway id anew");
  });

  it("a port where nothing listens", async () => {
    const variables = { CLOUDFLARE_AI_GATEWAY_URL: "http://127.0.0.1:1/v1/local/sunprint" };
    const row = await onlyFailureOf({ variables });
    expect(row).toMatchObject({ id: "gateway", failure: "unreachable" });
    expect(row.detail).toContain("Nothing answers at CLOUDFLARE_AI_GATEWAY_URL");
    expect(row.detail).toContain("ECONNREFUSED");
  });

  it("a host that has no address", async () => {
    const variables = {
      CLOUDFLARE_AI_GATEWAY_URL: "https://gateway.ai.cloudflare.invalid/v1/local/sunprint",
    };
    const row = await onlyFailureOf({ variables });
    expect(row).toMatchObject({ id: "gateway", failure: "unreachable" });
    expect(row.detail).toContain("its host has no address");
    expect(row.remedy).toContain("typing mistake");
  });

  it.for([
    ["gateway-rate-limited", "gateway_rate_limited", "Rate limiting"],
    ["gateway-spend-limit", "gateway_spend_limit", "Raise the limit"],
    ["gateway-no-credits", "gateway_credit", "REPLICATE_API_TOKEN"],
    ["gateway-unknown-alias", "gateway_misconfigured", "default"],
    ["guardrails-block-prompt", "guardrail_blocked", "Guardrails"],
    ["guardrails-down", "guardrail_unavailable", "Flag"],
    ["edge-blocked", "edge_blocked", "firewall"],
    ["edge-timeout-page", "gateway_unavailable", "cloudflarestatus"],
  ] as const)("the gateway under %s", async ([fault, failure, remedy]) => {
    await setFaults(fault);
    const rows = await reportOf();
    const [row] = failuresIn(rows);
    expect(row).toMatchObject({ failure });
    expect(row?.remedy).toContain(remedy);
  });

  it("Replicate's token", async () => {
    const rows = await reportOf({ variables: { REPLICATE_API_TOKEN: "r8_wrong" } });
    expect(find(rows, "gateway")[0]).toMatchObject({ state: "ok" });
    expect(find(rows, "predictions")[0]).toMatchObject({
      state: "failed",
      failure: "provider_auth",
      detail: "The gateway works; Replicate refuses REPLICATE_API_TOKEN (401).",
    });
    expect(find(rows, "webhook_secret")[0]).toMatchObject({ state: "skipped" });
    expect(find(rows, "text").map(({ state }) => state)).toEqual(["ok", "ok"]);
  });

  it("a key that neither we nor the gateway has", async () => {
    const rows = await reportOf({ isDryRun: true, variables: { REPLICATE_API_TOKEN: undefined } });
    expect(find(rows, "predictions")[0]?.detail).toContain("REPLICATE_API_TOKEN is unset");
  });

  it("Google's key", async () => {
    const rows = await reportOf({ isDryRun: true, variables: { GEMINI_API_KEY: "wrong" } });
    expect(find(rows, "text")[0]).toMatchObject({ state: "failed", failure: "provider_auth" });
    expect(find(rows, "text")[0]?.remedy).toContain("https://aistudio.google.com/apikey");
  });

  it.for([true, false])("a model that is gone (dry run: %s)", async (isDryRun) => {
    const row = await onlyFailureOf({
      isDryRun,
      variables: { GEMINI_UPSTREAM_MODELS: "gemini-1.5-flash=gemini-1.5-flash" },
    });
    expect(row).toMatchObject({ id: "text", failure: "provider_model_missing" });
    expect(row.detail).toBe("Google does not have the model gemini-1.5-flash (any more).");
    expect(row.remedy).toContain("GEMINI_UPSTREAM_MODELS");
  });

  it.for([
    ["gemini-429-no-retry-info", "provider_rate_limited"],
    ["gemini-429-per-day", "provider_quota_exhausted"],
    ["gemini-no-credit", "provider_credit"],
    ["gemini-region", "provider_region"],
  ] as const)("Google under %s", async ([fault, failure]) => {
    await setFaults(fault);
    const [row] = failuresIn(await reportOf());
    expect(row).toMatchObject({ id: "text", failure });
  });

  it("another account's webhook secret", async () => {
    const row = await onlyFailureOf({
      isDryRun: true,
      variables: { REPLICATE_WEBHOOK_SECRET: OTHER_SECRET },
    });
    expect(row).toMatchObject({ id: "webhook_secret" });
    expect(row.detail).toContain("every webhook would be refused as forged");
    expect(row.remedy).toContain("/v1/webhooks/default/secret");
  });

  it("passes with the old and the new secret during a rotation", async () => {
    const both = `${OTHER_SECRET},${emulator.credentials.webhookSecret}`;
    expect(failuresIn(await reportOf({ variables: { REPLICATE_WEBHOOK_SECRET: both } }))).toEqual([]);
  });

  it.for([
    ["create-402", "provider_credit", "Add credit"],
    ["create-404", "provider_model_missing", "pause it"],
    ["create-422", "provider_rejected_input", "lib/ai-gateway-utils.ts"],
    ["create-429-body", "provider_rate_limited", "Wait"],
    ["create-accepted-then-502", "gateway_unavailable", "Try again"],
  ] as const)("a create under %s", async ([fault, failure, remedy]) => {
    await setFaults(fault);
    const rows = await reportOf();
    expect(find(rows, "picture")[0]).toMatchObject({ state: "failed", failure });
    expect(find(rows, "picture")[0]?.remedy).toContain(remedy);
    expect(find(rows, "webhook")[0]).toMatchObject({ state: "skipped" });
  });

  it("a cache that is on changes nothing, as every call asks past it", async () => {
    await emulator.settings({ gateway: { cache: { isOn: true } } });
    expect(failuresIn(await reportOf())).toEqual([]);
    expect(failuresIn(await reportOf())).toEqual([]);
  });

  it("a cache that answers creates all the same", async () => {
    await setFaults("gateway-replays-creates");
    await reportOf();
    const row = await onlyFailureOf({});
    expect(row).toMatchObject({ id: "picture", failure: "gateway_misconfigured" });
    expect(row.remedy).toContain("Turn caching off");
  });

  it.for([
    ["run-failed", "ended as failed"],
    ["run-aborted", "ended as canceled"],
    ["file-corrupt", "does not decode"],
    ["file-404", "could not be fetched"],
  ] as const)("a picture under %s", async ([fault, words]) => {
    await setFaults(fault);
    const row = find(await reportOf(), "picture")[0];
    expect(row).toMatchObject({ state: "failed" });
    expect(row?.detail).toContain(words);
  });

  it("a delivery host that is not allowed", async () => {
    const row = await onlyFailureOf({ variables: { REPLICATE_DELIVERY_HOSTS: "replicate.delivery" } });
    expect(row.detail).toContain("is not at a delivery host");
    expect(row.remedy).toContain("REPLICATE_DELIVERY_HOSTS");
  });

  it("a webhook that is signed with another key", async () => {
    await setFaults("webhook-wrong-key");
    expect(await onlyFailureOf({})).toMatchObject({ id: "webhook" });
  });
});
