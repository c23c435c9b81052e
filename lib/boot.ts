import "server-only";
import { EnvError, env } from "@/env.mjs";
import packageJson from "@/package.json";
import { log } from "./logger";
import { listEndingModels } from "./models/text-models";
import { startSweeper } from "./reconciliation/start-sweeper";
import { getServices, type Services } from "./services";

/** Checks the environment and starts the background work. A bad variable ends the process with one line each. */
export async function boot(): Promise<void> {
  try {
    const services = getServices("background");
    warn(services);
    services.metrics.watchProcess();
    if (env().OTEL_EXPORTER_OTLP_ENDPOINT) {
      const { startTracing } = await import("./monitoring/start-tracing");
      startTracing({ version: packageJson.version });
    }
    startSweeper(services, env().SWEEP_INTERVAL_SECONDS);
  } catch (error) {
    if (!(error instanceof EnvError)) {
      throw error;
    }
    process.stderr.write(`Sunprint cannot start:\n${error.lines.map((line) => `  ${line}\n`).join("")}`);
    process.exit(1);
  }
}

/** What an operator should know of before it hurts. */
function warn({ textUpstreams }: Services): void {
  for (const sentence of listEndingModels(textUpstreams, new Date())) {
    log().warn({ sentence }, "model.ends");
  }
  if (env().AI_GATEWAY_DIRECT === "on") {
    log().warn("calls may go past Cloudflare: AI_GATEWAY_DIRECT is on");
  }
}
