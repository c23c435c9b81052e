import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { readModels } from "@/lib/models/read-models";

/** The catalogue: prices, limits, state, usual and slow times. */
export const GET = route({ auth: "anybody" }, async ({ services }) =>
  json(await readModels(services), { headers: { "cache-control": "public, max-age=30" } }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
