import "server-only";
import type { Logger } from "pino";
import { type CallRecord, ownMs } from "@/lib/upstream/call-record";
import { FAILURES } from "@/lib/upstream/failure";
import type { Metrics } from "./metrics";
import { recordSpan } from "./record-span";

export type CallRecorder = { logger: Logger; metrics: Metrics };

/** One finished call into the log, the metrics and the trace. */
export function recordCall({ logger, metrics }: CallRecorder, record: CallRecord): void {
  const isPaged = record.failure !== null && FAILURES[record.failure.kind].isPaged;
  logCall(logger, record, isPaged);
  metrics.recordCall(record, { isPaged });
  recordSpan(record);
}

/** One line a call upstream: what, how it ended, how long it took there and how much of that is ours. */
function logCall(logger: Logger, record: CallRecord, isPaged: boolean): void {
  const { failure, totalMs, upstreamMs, waitedMs, ...facts } = record;
  const fields = {
    ...facts,
    ...(failure
      ? { failure: failure.kind, status: failure.status, upstreamCode: failure.code, detail: failure.detail }
      : {}),
    totalMs: Math.round(totalMs),
    upstreamMs: Math.round(upstreamMs),
    waitedMs: Math.round(waitedMs),
    ownMs: Number(ownMs(record).toFixed(2)),
  };
  if (!failure && !record.isDirect) {
    logger.info(fields, "upstream.call");
  } else if (isPaged) {
    logger.error({ ...fields, isPaged: true }, "upstream.call");
  } else {
    logger.warn(fields, "upstream.call");
  }
}
