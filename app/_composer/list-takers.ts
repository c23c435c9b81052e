import type { ImageModelView } from "@/lib/contracts/models";

type Taker = Pick<ImageModelView, "credits" | "state" | "takesLora" | "takesInputImage">;

/** The models that take a setting and can be used now, the cheapest first. */
export function listTakers<Model extends Taker>(
  models: readonly Model[],
  takes: "takesLora" | "takesInputImage",
): Model[] {
  return models
    .filter((model) => model[takes] && model.state === "on")
    .toSorted((left, right) => left.credits - right.credits);
}
