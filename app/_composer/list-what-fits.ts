import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Draft } from "./draft";
import { toSettings } from "./settings";

type Fit = { model: ImageModelView; count: number; costCredits: number };

/** For each model, the most pictures that the balance pays for: what to choose when credits are short. */
export function listWhatFits(
  models: readonly ImageModelView[],
  balance: Balance,
  { count, ratio }: Pick<Draft, "count" | "ratio">,
): Fit[] {
  return models.flatMap((model) => {
    const settings = toSettings({ model: model.id, ratio, count }, [model]);
    const affordable = model.isFree
      ? balance.freeRemaining
      : Math.floor(balance.available / Math.max(1, model.credits));
    const fitting = Math.min(settings?.count ?? 0, affordable);
    return model.state === "on" && fitting > 0
      ? [{ model, count: fitting, costCredits: model.credits * fitting }]
      : [];
  });
}
