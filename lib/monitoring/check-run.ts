import "server-only";
import type { CallRecord } from "@/lib/upstream/call-record";
import { type FailureKind, UpstreamError } from "@/lib/upstream/failure";
import type { Provider } from "@/lib/upstream/lanes";
import { explainFailure } from "./explain-failure";

/** One row of the report of `npm run test:ai-gateway`. */
export type CheckRow = {
  /** Stable, for programs: `settings`, `gateway`, `predictions`, `webhook_secret`, `text`, `picture`, `webhook`. */
  id: string;
  name: string;
  state: "ok" | "failed" | "skipped";
  /** What was seen: a sentence for people, with no secret in it. */
  detail: string;
  /** What to do about it, for `failed`: sentences, and commands each on a line of its own. */
  remedy: string | null;
  durationMs: number;
  /** The upstream's failure behind it, by the name that logs and metrics use. */
  failure: FailureKind | null;
  /** The gateway's log row of the last call, to be looked up in Cloudflare's dashboard. */
  logId: string | null;
};

/** A check's bad end that is no upstream failure: what was seen, and what to do. */
export class CheckError extends Error {
  readonly remedy: string;

  constructor(detail: string, remedy: string, cause?: unknown) {
    super(detail, { cause });
    this.name = "CheckError";
    this.remedy = remedy;
  }
}

/** Whose failure a row explains. */
export type CheckSubject = {
  provider: Provider;
  model: string | null;
  hasKey: boolean;
  hasGatewayToken: boolean;
};

type CheckWork = (ports: { onCall: (record: CallRecord) => void }) => Promise<string>;

/** Runs checks one after the other and keeps their rows. */
export class CheckRun {
  readonly rows: CheckRow[] = [];
  readonly #onRow: (row: CheckRow) => void;
  readonly #nowMs: () => number;

  constructor(ports: { onRow: (row: CheckRow) => void; nowMs: () => number }) {
    this.#onRow = ports.onRow;
    this.#nowMs = ports.nowMs;
  }

  /** Runs one check, which ends in its detail, or throws CheckError or UpstreamError. True when it passed. */
  async check(
    { id, name, subject }: { id: string; name: string; subject: CheckSubject },
    work: CheckWork,
  ): Promise<boolean> {
    const startedMs = this.#nowMs();
    const seen: { logId: string | null } = { logId: null };
    const keep = (row: Pick<CheckRow, "state" | "detail" | "remedy" | "failure">) =>
      this.#add({ id, name, durationMs: Math.round(this.#nowMs() - startedMs), logId: seen.logId, ...row });
    try {
      const detail = await work({
        onCall: (record) => {
          seen.logId = record.logId ?? record.failure?.logId ?? null;
        },
      });
      keep({ state: "ok", detail, remedy: null, failure: null });
      return true;
    } catch (error) {
      if (error instanceof UpstreamError) {
        keep({ state: "failed", ...explainFailure(error.facts, subject), failure: error.kind });
      } else if (error instanceof CheckError) {
        keep({ state: "failed", detail: error.message, remedy: error.remedy, failure: null });
      } else {
        throw error;
      }
      return false;
    }
  }

  skip(id: string, name: string, why: string): void {
    this.#add({
      id,
      name,
      state: "skipped",
      detail: why,
      remedy: null,
      durationMs: 0,
      failure: null,
      logId: null,
    });
  }

  #add(row: CheckRow): void {
    this.rows.push(row);
    this.#onRow(row);
  }
}
