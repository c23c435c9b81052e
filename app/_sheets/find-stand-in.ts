import { listWhatFits } from "@/app/_composer/list-what-fits";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

/** Another model that is up and makes as many as were asked for: of those the balance pays for, the nearest in price. */
export function findStandIn(
  task: Pick<Task, "model" | "aspectRatio" | "numOutputs">,
  models: readonly ImageModelView[],
  balance: Balance,
): ImageModelView | null {
  const price = models.find(({ id }) => id === task.model)?.credits ?? 0;
  const distance = ({ credits }: ImageModelView) => Math.abs(credits - price);
  const others = models.filter(({ id }) => id !== task.model);
  const fits = listWhatFits(others, balance, { count: task.numOutputs, ratio: task.aspectRatio });
  const whole = fits.filter(({ count }) => count === task.numOutputs).map(({ model }) => model);
  return whole.toSorted((left, right) => distance(left) - distance(right))[0] ?? null;
}
