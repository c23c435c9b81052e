import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Draft } from "./draft";
import { toSettings } from "./settings";

type Fit = { model: ImageModelView; count: number; costCredits: number };

/**
 * For each model that is up, the most pictures that the balance pays for: what to choose when credits are short. Whoever has no
 * account yet (null) will have one that pays.
 */
export function listWhatFits(
  models: readonly ImageModelView[],
  balance: Balance | null,
  { count, ratio }: Pick<Draft, "count" | "ratio">,
): Fit[] {
  return models.flatMap((model) => {
    const settings = toSettings({ model: model.id, ratio, count }, [model]);
    const fitting = Math.min(settings?.count ?? 0, balance ? countAffordable(model, balance) : count);
    return model.state === "on" && fitting > 0
      ? [{ model, count: fitting, costCredits: model.credits * fitting }]
      : [];
  });
}

function countAffordable({ isFree, credits }: ImageModelView, balance: Balance): number {
  return isFree ? balance.freeRemaining : Math.floor(balance.available / Math.max(1, credits));
}
