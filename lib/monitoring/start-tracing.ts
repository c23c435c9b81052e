import "server-only";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/**
 * Sends the process's spans, Next's own included, to OTEL_EXPORTER_OTLP_ENDPOINT (OTLP over HTTP), until it ends. Loaded
 * only when that is set: none of this is in the way of a process without tracing.
 */
export function startTracing({ version }: { version: string }): TracerProvider {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "sunprint", "service.version": version }),
    // The order matters: what is cut here is never seen by the one that sends.
    spanProcessors: [withoutQueries, new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void provider.shutdown());
  }
  return provider;
}

/** Addresses without what stands behind their question mark: a webhook's carries the token of its attempt. */
const withoutQueries: SpanProcessor = {
  onStart(span) {
    for (const [name, value] of Object.entries(span.attributes)) {
      if (typeof value === "string" && /^(http|url|next)\./.test(name) && value.includes("?")) {
        span.setAttribute(name, value.slice(0, value.indexOf("?")));
      }
    }
  },
  onEnd() {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
