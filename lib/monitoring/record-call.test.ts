import { trace } from "@opentelemetry/api";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import pino from "pino";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createStubGateway, type StubAnswer, timeout } from "@/tests/support/stub-gateway";
import { createMetrics } from "./metrics";
import { recordCall } from "./record-call";

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
trace.setGlobalTracerProvider(provider);
afterAll(() => provider.shutdown());
beforeEach(() => exporter.reset());

const ID = "gm3qorzdhgbfurvjtvhg6dckhu";
const Line = z.looseObject({ level: z.number(), msg: z.string() });

/** One call over a scripted upstream, and what is left of it in the log, the metrics and the trace. */
async function observe(answer: StubAnswer) {
  const { gateway, records } = createStubGateway([answer]);
  await gateway.getPrediction(ID).catch(() => {});
  const written: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void written.push(line) });
  const metrics = createMetrics();
  for (const record of records) {
    recordCall({ logger, metrics }, record);
  }
  const page = await metrics.print({
    queues: null,
    leaks: null,
    ledger: null,
    audit: null,
    storage: null,
    gateway: gateway.readState(),
  });
  const lines = written.map((line) => Line.parse(JSON.parse(line)));
  return { lines, page, spans: exporter.getFinishedSpans() };
}

describe("a finished call", () => {
  it("is one line, one span and one count", async () => {
    const { lines, page, spans } = await observe({
      body: { id: ID, status: "processing" },
      headers: { "cf-aig-log-id": "01LOG" },
    });
    expect(lines).toMatchObject([
      {
        level: 30,
        msg: "upstream.call",
        operation: "get",
        outcome: "ok",
        tries: 1,
        logId: "01LOG",
        ownMs: 0,
      },
    ]);
    expect(spans).toHaveLength(1);
    expect(spans[0]?.attributes).toMatchObject({
      "gen_ai.operation.name": "get_prediction",
      "gen_ai.provider.name": "replicate",
      "sunprint.gateway.log_id": "01LOG",
      "sunprint.call.outcome": "ok",
    });
    expect(spans[0]?.attributes).not.toHaveProperty("error.type");
    expect(page).toMatch(/^sunprint_upstream_calls_total\{operation="get",.*outcome="ok".*\} 1$/m);
  });

  it("that failed for a while is a warning, all of its tries in one", async () => {
    const { lines, page, spans } = await observe(timeout());
    expect(lines).toMatchObject([{ level: 40, outcome: "ambiguous", failure: "timeout", tries: 4 }]);
    expect(spans[0]?.attributes).toMatchObject({ "error.type": "timeout", "http.request.resend_count": 3 });
    expect(page).toMatch(/^sunprint_upstream_tries_total\{operation="get",.*\} 4$/m);
    expect(page).not.toMatch(/^sunprint_upstream_pages_total\{/m);
  });

  it("that somebody must see to is an error that pages, and a count of its own", async () => {
    const { lines, page, spans } = await observe({ status: 402, body: { detail: "no money, and a secret" } });
    expect(lines).toMatchObject([{ level: 50, isPaged: true, failure: "provider_credit", status: 402 }]);
    expect(spans[0]?.attributes["http.response.status_code"]).toBe(402);
    expect(page).toMatch(
      /^sunprint_upstream_pages_total\{provider="replicate",failure="provider_credit"\} 1$/m,
    );
    expect(JSON.stringify([lines, page, spans[0]?.attributes])).not.toContain("no money");
  });

  it("tells our own part from the upstream's and from waiting", async () => {
    const { gateway, records } = createStubGateway([
      { status: 503, body: "" },
      { body: { id: ID, status: "starting" } },
    ]);
    await gateway.getPrediction(ID);
    expect(records).toMatchObject([{ totalMs: 250, waitedMs: 250, upstreamMs: 0 }]);
  });
});
