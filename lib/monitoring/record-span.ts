import "server-only";
import { type Attributes, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { type CallRecord, ownMs } from "@/lib/upstream/call-record";

/** Names of OpenTelemetry's conventions for generative AI (opentelemetry.io/docs/specs/semconv/gen-ai). */
const PROVIDER_NAMES = { gemini: "gcp.gemini", replicate: "replicate" } as const;
const OPERATION_NAMES = {
  create: "generate_content",
  generate_text: "generate_content",
  stream_text: "generate_content",
  get: "get_prediction",
  list: "list_predictions",
  cancel: "cancel_prediction",
  get_text_model: "get_model",
  get_webhook_secret: "get_webhook_secret",
} as const satisfies Record<CallRecord["operation"], string>;

/** One finished call as a span of whoever is asking. Costs next to nothing while no tracing is set up. */
export function recordSpan(record: CallRecord): void {
  const tracer = trace.getTracer("sunprint");
  const endMs = Date.now();
  const name = OPERATION_NAMES[record.operation];
  const span = tracer.startSpan(record.model ? `${name} ${record.model}` : name, {
    kind: SpanKind.CLIENT,
    startTime: endMs - record.totalMs,
  });
  if (span.isRecording()) {
    span.setAttributes(toAttributes(record));
    if (record.failure) {
      // The kind alone: a message may be of any length and of anybody's making.
      span.setStatus({ code: SpanStatusCode.ERROR, message: record.failure.kind });
    }
  }
  span.end(endMs);
}

function toAttributes(record: CallRecord): Attributes {
  const { failure, usage } = record;
  return withoutNulls({
    "gen_ai.operation.name": OPERATION_NAMES[record.operation],
    "gen_ai.provider.name": PROVIDER_NAMES[record.provider],
    "gen_ai.output.type": outputTypeOf(record.operation),
    "gen_ai.request.model": record.model,
    "gen_ai.response.id": record.responseId,
    "gen_ai.response.finish_reasons": record.finishReason === null ? null : [record.finishReason],
    "gen_ai.usage.input_tokens": usage?.inputTokens,
    "gen_ai.usage.output_tokens": usage?.outputTokens,
    "error.type": failure?.kind,
    "http.response.status_code": failure?.status,
    "http.request.resend_count": record.tries > 1 ? record.tries - 1 : null,
    "sunprint.call.id": record.callId,
    "sunprint.call.outcome": record.outcome,
    "sunprint.call.own_ms": ownMs(record),
    "sunprint.call.upstream_ms": record.upstreamMs,
    "sunprint.gateway.log_id": record.logId,
    "sunprint.gateway.cache_status": record.cacheStatus,
    "sunprint.gateway.route": record.routeId,
    "sunprint.gateway.is_direct": record.isDirect,
    "sunprint.account": record.keyId,
  });
}

function outputTypeOf(operation: CallRecord["operation"]): string | null {
  switch (operation) {
    case "create":
      return "image";
    case "generate_text":
    case "stream_text":
      return "text";
    case "get":
    case "list":
    case "cancel":
    case "get_text_model":
    case "get_webhook_secret":
      return null;
  }
}

function withoutNulls(
  values: Record<string, string | number | boolean | string[] | null | undefined>,
): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) {
      attributes[name] = value;
    }
  }
  return attributes;
}
