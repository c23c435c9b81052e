import { expect, it } from "vitest";
import { listTakers } from "./list-takers";

const MODELS = [
  { id: "pro", credits: 20, state: "on", takesLora: false, takesInputImage: true },
  { id: "dev", credits: 10, state: "on", takesLora: false, takesInputImage: true },
  { id: "schnell", credits: 5, state: "on", takesLora: false, takesInputImage: false },
  { id: "general", credits: 10, state: "on", takesLora: true, takesInputImage: true },
] as const;

const idsOf = (models: readonly { id: string }[]) => models.map(({ id }) => id);

it("what takes a setting is listed by its price, in the catalogue's order where that is the same", () => {
  expect(idsOf(listTakers(MODELS, "takesInputImage"))).toEqual(["dev", "general", "pro"]);
  expect(idsOf(listTakers(MODELS, "takesLora"))).toEqual(["general"]);
});

it("what is paused takes nothing", () => {
  const paused = MODELS.map((model) => ({ ...model, state: "paused" as const }));
  expect(listTakers(paused, "takesInputImage")).toEqual([]);
});
