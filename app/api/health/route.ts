import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { checkHealth } from "@/lib/monitoring/check-health";

/** Whether the app can do its work. 503 when the database is down: nothing is true without it. */
export const GET = route({ auth: "anybody", lane: "health" }, async ({ services }) => {
  const health = await checkHealth(services);
  return json(health, { status: health.checks.database === "ok" ? 200 : 503 });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
