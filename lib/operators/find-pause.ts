import "server-only";
import { readPauses } from "@/db/queries/pauses";
import type { ServiceName } from "@/lib/contracts/operators";
import { AppError } from "@/lib/errors";
import type { Services } from "@/lib/services";

/** How long to wait before asking again for what an operator has paused. */
const RETRY_SECONDS = 60;

/** The operators' sentence about a part of the service, or about all of it; undefined while it is on. */
export async function findPause(
  { db }: Pick<Services, "db">,
  service: ServiceName,
): Promise<string | undefined> {
  const { services } = await readPauses(db);
  return services.changes ?? services[service];
}

/** Ends a request for what is paused with 503 and the operators' sentence. */
export async function assertNotPaused(services: Pick<Services, "db">, service: ServiceName): Promise<void> {
  const sentence = await findPause(services, service);
  if (sentence !== undefined) {
    throw new AppError("upstream_unavailable", `operators paused ${service}`, {
      publicMessage: sentence,
      isPaused: true,
      retryAfterSeconds: RETRY_SECONDS,
    });
  }
}
