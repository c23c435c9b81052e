import type { Receipt } from "@/lib/contracts/receipt";
import { AppError } from "@/lib/errors";
import { readReceipt } from "@/lib/generation/read-receipt";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

/** The receipt of one task. */
export const GET = route({ auth: "user", rate: "task" }, async ({ principal, services, params }) => {
  const receipt = await readReceipt(services, { principal, generationId: params.id ?? "" });
  if (!receipt) {
    throw new AppError("not_found", "no such generation of theirs");
  }
  return json(receipt satisfies Receipt);
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
