import { describe, expect, it } from "vitest";
import type { Balance } from "@/lib/contracts/credits";
import { listImageModels } from "@/lib/models/list-models";
import { findStandIn } from "./find-stand-in";

const BALANCE: Balance = {
  available: 100,
  held: 0,
  freeRemaining: 5,
  freeMonthlyLimit: 5,
  lastCost: 0,
  freeResetsAt: "2026-12-01T00:00:00Z",
};
const TASK = { model: "flux-pro", aspectRatio: "1:1", numOutputs: 1 } as const;
const find = ({
  task = {},
  paused = [],
  balance = {},
}: {
  task?: Partial<Parameters<typeof findStandIn>[0]>;
  paused?: string[];
  balance?: Partial<Balance>;
} = {}) =>
  findStandIn({ ...TASK, ...task }, listImageModels(new Map(paused.map((id) => [id, "Out of ink."]))), {
    ...BALANCE,
    ...balance,
  })?.id ?? null;

describe("another model that is up", () => {
  it("is the nearest in price, and never the same", () => {
    expect(find()).toBe("flux-dev");
    expect(find({ task: { model: "flux-dev" } })).toBe("flux-general");
  });

  it("is none that is paused", () => {
    expect(find({ paused: ["flux-dev", "flux-general"] })).toBe("flux-schnell");
  });

  it("is one that the balance pays for, all that were asked for", () => {
    expect(find({ balance: { available: 9 } })).toBe("flux-schnell");
    expect(find({ task: { model: "flux-dev", numOutputs: 4 }, balance: { available: 21 } })).toBe(
      "flux-schnell",
    );
    expect(find({ balance: { available: 0 } })).toBe("flux-freeSchnell");
    expect(find({ balance: { available: 0, freeRemaining: 0 } })).toBeNull();
  });

  it("is one that makes as many at a time", () => {
    expect(
      find({ task: { model: "flux-schnell", numOutputs: 2 }, paused: ["flux-dev", "flux-general"] }),
    ).toBe("flux-freeSchnell");
  });
});
