import "server-only";
import type { StudioFacts } from "@/app/_composer/studio-facts";
import { findDraft } from "@/lib/account/find-draft";
import { PROMPT_LENGTH_MAX } from "@/lib/contracts/prompt";
import { readBalance } from "@/lib/credits/read-balance";
import type { Principal } from "@/lib/http/principal";
import { readModels } from "@/lib/models/read-models";
import { getServices } from "@/lib/services";

/** What the composer needs to know on its first paint. */
export async function readStudioFacts(visitor: Principal | null): Promise<StudioFacts> {
  const services = getServices();
  const [{ models, loras }, balance, draft] = await Promise.all([
    readModels(services),
    visitor && readBalance(services, visitor.userId),
    visitor && findDraft(services, visitor.userId),
  ]);
  return {
    models: models.filter((model) => model.kind === "image"),
    loras,
    promptLengthMax: PROMPT_LENGTH_MAX,
    balance,
    draft,
  };
}
