import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { expectEnvelope, openSite, type Person } from "@/tests/support/site";
import { startSpanCollector } from "@/tests/support/span-collector";
import { waitFor } from "@/tests/support/wait-for";

const TOKEN = "canary-metrics-token-4f1c";
const PROMPT = "a canary prompt 7d2e of a fox";
const CHINESE = "金丝雀提示词七号狐狸";

const collector = await startSpanCollector();
const site = await openSite({
  env: {
    METRICS_TOKEN: TOKEN,
    CRON_SECRET: "canary-cron-secret-88aa",
    BETTER_AUTH_SECRET: "canary-auth-secret-of-32-characters-51",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    LOG_LEVEL: "trace",
  },
});
afterAll(() => collector.stop());

const { gatewayToken, replicateToken, geminiKey, webhookSecret } = site.emulator.credentials;
const SECRETS = {
  METRICS_TOKEN: TOKEN,
  CRON_SECRET: "canary-cron-secret-88aa",
  BETTER_AUTH_SECRET: "canary-auth-secret-of-32-characters-51",
  CLOUDFLARE_AI_GATEWAY_TOKEN: gatewayToken,
  REPLICATE_API_TOKEN: replicateToken,
  REPLICATE_WEBHOOK_SECRET: webhookSecret,
  "the key in it": webhookSecret.slice("whsec_".length),
  GEMINI_API_KEY: geminiKey,
  DATABASE_URL: site.database.appUrl,
  PASSWORD: "a password that is long enough",
};

const readMetrics = async () => {
  const { status, text, headers } = await site.ask("/api/metrics", {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("text/plain");
  return text;
};
/** Every sample of a metric whose labels contain all of these, added up. */
const sumOf = (text: string, name: string, labels: string[] = []) =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);

let person: Person;
const envelopes: string[] = [];
let page = "";

/** What people do, and what goes wrong, all with the canary in it. */
beforeAll(async () => {
  person = await site.signUp();
  const keep = async (answer: ReturnType<typeof site.ask>) => envelopes.push((await answer).text);
  await site.ended(person, await site.start(person, { inputPrompt: PROMPT }));
  await site.ended(person, await site.start(person, { inputPrompt: CHINESE }));
  await keep(site.ask("/api/prompt", { person, body: { prompt: PROMPT, locale: "xx" } }));
  await keep(site.generate(person, { inputPrompt: PROMPT, model: "flux-nothing" }));
  await keep(site.generate(person, { inputPrompt: PROMPT, numOutputs: 9 }));
  await site.ask("/api/prompt", { person, body: { prompt: PROMPT } });
  for (const fault of [
    "gemini-503",
    "guardrails-block-prompt",
    "gemini-invalid-key",
    "gateway-unauthorized",
  ]) {
    await site.emulator.faults({ name: fault });
    await keep(site.ask("/api/prompt", { person, body: { prompt: PROMPT } }));
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
  }
  for (const fault of ["run-failed", "create-422", "create-402"]) {
    await site.emulator.faults({ name: fault });
    await site.ended(person, await site.start(person, { inputPrompt: PROMPT, model: "flux-schnell" }));
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
  }
  await keep(site.ask("/api/webhooks/replicate?attempt=canary-attempt-token", { body: { prompt: PROMPT } }));
  page = await readMetrics();
});

describe("GET /api/metrics", () => {
  it.for([
    ["no token", {}],
    ["a wrong one", { authorization: "Bearer canary-metrics-token-4f1d" }],
    ["one without its kind", { authorization: TOKEN }],
  ] as const)("is closed to %s", async ([, headers]) => {
    const answer = await site.ask("/api/metrics", { headers: { ...headers } });
    expectEnvelope(answer, 401, "unauthenticated");
  });

  it("counts calls by how they ended, their tries, their tokens, and who must act", () => {
    expect(
      sumOf(page, "sunprint_upstream_calls_total", ['operation="create"', 'outcome="ok"']),
    ).toBeGreaterThanOrEqual(2);
    expect(sumOf(page, "sunprint_upstream_calls_total", ['failure="provider_rejected_input"'])).toBe(1);
    expect(sumOf(page, "sunprint_upstream_calls_total", ['failure="guardrail_blocked"'])).toBe(1);
    expect(sumOf(page, "sunprint_upstream_tries_total", ['operation="generate_text"'])).toBeGreaterThan(
      sumOf(page, "sunprint_upstream_calls_total", ['operation="generate_text"']),
    );
    expect(sumOf(page, "sunprint_upstream_tokens_total", ['direction="output"'])).toBeGreaterThan(0);
    expect(sumOf(page, "sunprint_upstream_pages_total", ['failure="provider_credit"'])).toBe(1);
  });

  it("tells our own part of a call from the upstream's: a small one", () => {
    const calls = sumOf(page, "sunprint_upstream_own_seconds_count");
    const quick = sumOf(page, "sunprint_upstream_own_seconds_bucket", ['le="0.01"']);
    const own = sumOf(page, "sunprint_upstream_own_seconds_sum");
    const whole = sumOf(page, "sunprint_upstream_call_seconds_sum");
    expect(calls).toBeGreaterThan(5);
    // Most of them: whichever call this machine's other work came in between says nothing of ours.
    expect(quick).toBeGreaterThan(calls / 2);
    expect(own).toBeLessThan(whole);
  });

  it("counts what ended and what was delivered", () => {
    expect(sumOf(page, "sunprint_generations_settled_total", ['reason="succeeded"'])).toBe(2);
    expect(sumOf(page, "sunprint_generations_settled_total", ['reason="provider_failed"'])).toBe(1);
    expect(sumOf(page, "sunprint_generations_settled_total", ['reason="invalid_input"'])).toBe(1);
    expect(sumOf(page, "sunprint_webhooks_total", ['outcome="recorded"'])).toBeGreaterThanOrEqual(2);
    expect(sumOf(page, "sunprint_webhooks_total", ['outcome="invalid"'])).toBe(1);
  });

  it("shows what waits, what is shut, and the process", async () => {
    expect(page).toMatch(/^sunprint_circuit_open\{circuit="\w+ create"\} 1$/m);
    expect(page).toMatch(/^sunprint_queue_depth\{queue="generations"\} 0$/m);
    expect(page).toMatch(/^sunprint_queue_oldest_seconds\{queue="deliveries"\} \d/m);
    expect(page).toMatch(/^sunprint_outbox_dead 0$/m);
    expect(page).toMatch(/^sunprint_create_leaks_of_day\{kind="late"\} 0$/m);
    expect(page).toMatch(/^sunprint_storage_drift 0$/m);
    expect(page).toMatch(/^sunprint_bulkhead_calls\{operation="create",place="inside"\} 0$/m);
    expect(page).toMatch(/^process_resident_memory_bytes \d/m);
  });
});

describe("the trace of a call", () => {
  const spansNamed = (name: string) => collector.spans().filter((span) => span.name.startsWith(name));

  it("has the names that OpenTelemetry gives to calls of generative models", async () => {
    // Spans are sent some seconds' worth at a time.
    const text = await waitFor(
      () =>
        spansNamed("generate_content gemini-3.5-flash-lite").find(
          ({ attributes }) => attributes["sunprint.call.outcome"] === "ok",
        ),
      { what: "the span of a text" },
    );
    expect(text.attributes).toMatchObject({
      "gen_ai.operation.name": "generate_content",
      "gen_ai.provider.name": "gcp.gemini",
      "gen_ai.output.type": "text",
      "gen_ai.request.model": "gemini-3.5-flash-lite",
      "sunprint.gateway.is_direct": false,
    });
    expect(Number(text.attributes["gen_ai.usage.output_tokens"])).toBeGreaterThan(0);
    const image = await waitFor(() => spansNamed("generate_content black-forest-labs/flux-schnell").at(0), {
      what: "the span of a picture",
    });
    expect(image.attributes).toMatchObject({
      "gen_ai.provider.name": "replicate",
      "gen_ai.output.type": "image",
    });
    expect(image.attributes["sunprint.gateway.log_id"]).toMatch(/^\w+$/);
  });

  it("says how a failure is called", async () => {
    for (const failure of ["guardrail_blocked", "provider_auth"]) {
      await waitFor(
        () => spansNamed("generate_content").some(({ attributes }) => attributes["error.type"] === failure),
        { what: `the span of ${failure}` },
      );
    }
  });
});

describe("secrets", () => {
  const found = (text: string) => Object.entries(SECRETS).filter(([, secret]) => text.includes(secret));
  const Rows = z.array(z.object({ table: z.string(), row: z.string() }));

  it("are in no log line, no metric, no span and no error", async () => {
    expect(site.app().logs().length).toBeGreaterThan(1_000);
    expect(found(site.app().logs())).toEqual([]);
    expect(found(page)).toEqual([]);
    expect(collector.text().length).toBeGreaterThan(1_000);
    expect(found(collector.text())).toEqual([]);
    expect(envelopes).toHaveLength(8);
    expect(found(envelopes.join("\n"))).toEqual([]);
  });

  it("and prompts too: none of them, nor a webhook's token", () => {
    for (const text of [site.app().logs(), page, collector.text(), envelopes.join("\n")]) {
      expect(text).not.toContain("canary prompt");
      expect(text).not.toContain(CHINESE);
      expect(text).not.toContain("canary-attempt-token");
      expect(text).not.toMatch(/attempt=\w/);
    }
  });

  it("are in no row of the database, and prompts are only with the generation they made", async () => {
    const tables = await site.owner<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`;
    const rows: z.infer<typeof Rows> = [];
    for (const { name } of tables) {
      const texts = await site.owner<{ row: string }[]>`select t::text as row from ${site.owner(name)} t`;
      rows.push(...texts.map(({ row }) => ({ table: name, row })));
    }
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ row }) => found(row).length > 0)).toEqual([]);
    const withPrompt = rows.filter(({ row }) => row.includes("canary prompt") || row.includes(CHINESE));
    expect([...new Set(withPrompt.map(({ table }) => table))]).toEqual(["generations"]);
  });
});
