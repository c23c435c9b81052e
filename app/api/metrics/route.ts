import { env } from "@/env.mjs";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { assertBearer } from "@/lib/http/bearer";
import { route } from "@/lib/http/route";
import { readMetrics } from "@/lib/monitoring/read-metrics";

/** The process's metrics for Prometheus. Without METRICS_TOKEN there is nothing here. */
export const GET = route({ auth: "anybody", lane: "background" }, async ({ request, services }) => {
  const { METRICS_TOKEN } = env();
  if (METRICS_TOKEN === undefined) {
    throw new AppError("not_found", "METRICS_TOKEN is not set");
  }
  assertBearer(request, METRICS_TOKEN);
  return new Response(await readMetrics(services), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
