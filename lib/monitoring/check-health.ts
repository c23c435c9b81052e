import "server-only";
import type { Services } from "@/lib/services";
import { TransportError } from "@/lib/upstream/transport";
import packageJson from "@/package.json";

type CheckState = "ok" | "down";

export type Health = {
  status: "ok" | "degraded" | "down";
  checks: Record<"database" | "gateway" | "storage", CheckState>;
  version: string;
};

const CHECK_MS_MAX = 2_000;

/** The three things the app stands on, each asked within 2 s. */
export async function checkHealth(services: Services): Promise<Health> {
  const [database, gateway, storage] = await Promise.all([
    probe(async () => {
      await services.db.$client`select 1`;
    }),
    probe(() => reachGateway(services)),
    probe(() => services.storage.check()),
  ]);
  const isWhole = database === "ok" && gateway === "ok" && storage === "ok";
  const status = database === "down" ? "down" : isWhole ? "ok" : "degraded";
  return { status, checks: { database, gateway, storage }, version: packageJson.version };
}

async function probe(check: () => Promise<void>): Promise<CheckState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too slow")), CHECK_MS_MAX);
  });
  try {
    await Promise.race([check(), late]);
    return "ok";
  } catch {
    return "down";
  } finally {
    clearTimeout(timer);
  }
}

/** Any answer at all means the way there is open; whether the keys are right is what `npm run test:ai-gateway` tells. */
async function reachGateway({ send, gatewayUrls }: Services): Promise<void> {
  const [url] = gatewayUrls;
  const signal = AbortSignal.timeout(CHECK_MS_MAX);
  const response = await send({ method: "GET", url: new URL(url ?? "").origin, headers: {}, signal });
  try {
    for await (const _chunk of response.body) {
      break;
    }
  } catch (error) {
    if (!(error instanceof TransportError)) {
      throw error;
    }
  }
}
