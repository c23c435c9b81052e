import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { LeakCounts } from "@/db/queries/leaks";
import type { QueueDepths } from "@/db/queries/queue-depths";
import type { GatewayState } from "@/lib/ai-gateway";
import { type CallRecord, ownMs } from "@/lib/upstream/call-record";

export type WebhookOutcome = "recorded" | "duplicate" | "invalid" | "stale" | "malformed";

/**
 * A second prediction of one attempt, or one found at work after its generation had ended; pictures that came after their
 * hold was given back; an attempt that left no trace.
 */
export type LeakKind = "extra" | "late" | "lost";

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 6, 10, 15, 30];
/** Our own part of a call is microseconds. */
const OWN_SECONDS = [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.1];

/** What a check found, and how long ago. */
type LastCheck = { violations: number; ageSeconds: number };

export type Metrics = ReturnType<typeof createMetrics>;

/** The process's counters. Labels are of small closed sets: no ids, no words of people. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const calls = new Counter({
    name: "sunprint_upstream_calls_total",
    help: "Calls to a provider through the gateway, by how they ended.",
    labelNames: ["operation", "provider", "outcome", "failure", "route"],
    registers,
  });
  const tries = new Counter({
    name: "sunprint_upstream_tries_total",
    help: "Requests sent for those calls; more than one a call are retries.",
    labelNames: ["operation", "provider"],
    registers,
  });
  const seconds = new Histogram({
    name: "sunprint_upstream_call_seconds",
    help: "From the call to its answer, retries and waits included.",
    labelNames: ["operation", "provider"],
    buckets: SECONDS,
    registers,
  });
  const ownSeconds = new Histogram({
    name: "sunprint_upstream_own_seconds",
    help: "The part of a call that was neither the upstream's nor spent waiting.",
    labelNames: ["operation"],
    buckets: OWN_SECONDS,
    registers,
  });
  const tokens = new Counter({
    name: "sunprint_upstream_tokens_total",
    help: "Tokens of text models, as the provider counts them.",
    labelNames: ["model", "direction"],
    registers,
  });
  const pages = new Counter({
    name: "sunprint_upstream_pages_total",
    help: "Failures that will not get better by themselves: somebody has to act.",
    labelNames: ["provider", "failure"],
    registers,
  });
  const settled = new Counter({
    name: "sunprint_generations_settled_total",
    help: "Generations that this process ended, by how: succeeded, or the reason of a failure.",
    labelNames: ["reason"],
    registers,
  });
  const webhooks = new Counter({
    name: "sunprint_webhooks_total",
    help: "Deliveries of the provider, by what became of them.",
    labelNames: ["outcome"],
    registers,
  });
  const jobFailures = new Counter({
    name: "sunprint_sweep_job_failures_total",
    help: "Looks of the sweeper's jobs that threw. The next one makes good what it can.",
    labelNames: ["job"],
    registers,
  });
  const leaks = new Counter({
    name: "sunprint_create_leaks_total",
    help: "What a provider may bill and nobody pays for: a second prediction of one attempt or one after its generation had ended, a picture after its hold was given back, an attempt without trace.",
    labelNames: ["kind"],
    registers,
  });
  const mails = new Counter({
    name: "sunprint_mails_total",
    help: "Letters, by what became of them. One that failed is not sent again: its person asks for another.",
    labelNames: ["outcome"],
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const leaksOfDay = gauge(
    "sunprint_create_leaks_of_day",
    "Such of the last 24 hours, by their rows: the same from every process, whichever heard of them.",
    ["kind"],
  );
  const live = gauge("sunprint_generations_live", "Generations under way, by state.", ["state"]);
  const queue = gauge("sunprint_queue_depth", "Rows that wait for work.", ["queue"]);
  const age = gauge("sunprint_queue_oldest_seconds", "How long the longest of them is overdue.", ["queue"]);
  const dead = gauge("sunprint_outbox_dead", "Effects that were given up.");
  const drift = gauge(
    "sunprint_ledger_drift",
    "Violations that the last look at the books found: must be 0.",
  );
  const driftAge = gauge("sunprint_ledger_check_age_seconds", "How long ago that was.");
  const audit = gauge(
    "sunprint_audit_violations",
    "Violations that the last night's look at every invariant found: must be 0.",
  );
  const auditAge = gauge("sunprint_audit_age_seconds", "How long ago that was.");
  const clockSkew = gauge(
    "sunprint_clock_skew_seconds",
    "The database's clock less this process's, a minute ago at most.",
  );
  const storageDrift = gauge(
    "sunprint_storage_drift",
    "Pictures without their whole file, and pages of objects without rows, that are known of: must be 0.",
  );
  const storageAge = gauge(
    "sunprint_storage_check_age_seconds",
    "How long ago a part of them was looked at.",
  );
  const circuits = gauge("sunprint_circuit_open", "1 for each circuit that is open.", ["circuit"]);
  const createWait = gauge("sunprint_create_wait_seconds", "For how long creates are held back.");
  const bulkhead = gauge("sunprint_bulkhead_calls", "Calls under way and in line.", ["operation", "place"]);

  return {
    /** Memory, CPU, event loop and the like; a runtime that is not Node has none of them. */
    watchProcess: () => collectDefaultMetrics({ register: registry }),

    recordCall(record: CallRecord, { isPaged }: { isPaged: boolean }): void {
      const { operation, provider, outcome, failure, usage, model } = record;
      const kind = failure?.kind ?? "none";
      calls.inc({ operation, provider, outcome, failure: kind, route: record.routeId ?? "none" });
      tries.inc({ operation, provider }, record.tries);
      seconds.observe({ operation, provider }, record.totalMs / 1000);
      ownSeconds.observe({ operation }, ownMs(record) / 1000);
      if (usage && model) {
        tokens.inc({ model, direction: "input" }, usage.inputTokens);
        tokens.inc({ model, direction: "output" }, usage.outputTokens);
      }
      if (isPaged) {
        pages.inc({ provider, failure: kind });
      }
    },
    recordSettled: (reason: string) => settled.inc({ reason }),
    recordJobFailure: (job: string) => jobFailures.inc({ job }),
    setClockSkew: (seconds: number) => clockSkew.set(seconds),
    recordLeak: (kind: LeakKind) => leaks.inc({ kind }),
    recordMail: (outcome: "sent" | "failed") => mails.inc({ outcome }),
    recordWebhook: (outcome: WebhookOutcome) => webhooks.inc({ outcome }),

    /** All of it as Prometheus reads it, with what waits and what is shut right now. */
    async print({
      queues,
      leaks: leakCounts,
      ledger,
      audit: lastAudit,
      storage,
      gateway,
    }: {
      queues: QueueDepths | null;
      leaks: LeakCounts | null;
      ledger: LastCheck | null;
      audit: LastCheck | null;
      storage: LastCheck | null;
      gateway: GatewayState;
    }): Promise<string> {
      for (const one of [
        leaksOfDay,
        live,
        queue,
        age,
        dead,
        drift,
        driftAge,
        audit,
        auditAge,
        storageDrift,
        storageAge,
        circuits,
        createWait,
        bulkhead,
      ]) {
        one.reset();
      }
      if (queues) {
        for (const [state, count] of Object.entries(queues.live)) {
          live.set({ state }, count);
        }
        for (const [name, { depth, oldestSeconds }] of Object.entries(queues.queues)) {
          queue.set({ queue: name }, depth);
          age.set({ queue: name }, oldestSeconds);
        }
        dead.set(queues.deadEffects);
      }
      for (const [kind, count] of Object.entries(leakCounts ?? {})) {
        leaksOfDay.set({ kind }, count);
      }
      if (ledger) {
        drift.set(ledger.violations);
        driftAge.set(ledger.ageSeconds);
      }
      if (lastAudit) {
        audit.set(lastAudit.violations);
        auditAge.set(lastAudit.ageSeconds);
      }
      if (storage) {
        storageDrift.set(storage.violations);
        storageAge.set(storage.ageSeconds);
      }
      for (const circuit of gateway.openCircuits) {
        circuits.set({ circuit }, 1);
      }
      createWait.set(gateway.createWaitSeconds);
      for (const [operation, { inside, waiting }] of Object.entries(gateway.bulkheads)) {
        bulkhead.set({ operation, place: "inside" }, inside);
        bulkhead.set({ operation, place: "waiting" }, waiting);
      }
      return registry.metrics();
    },
  };
}
