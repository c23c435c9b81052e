import { describe, expect, it } from "vitest";
import { canRetry } from "./can-retry";

const models = [
  { id: "flux-dev", state: "on" },
  { id: "flux-pro", state: "paused" },
] as const;
const task = { model: "flux-dev", reason: "provider_failed", blockedBy: null } as const;

describe("the same again", () => {
  it("is worth trying after a failure, a filter or a cancel", () => {
    expect(canRetry(task, models)).toBe(true);
    expect(canRetry({ ...task, reason: "content_blocked", blockedBy: "model" }, models)).toBe(true);
    expect(canRetry({ ...task, reason: null }, models)).toBe(true);
  });

  it("is not, where it would end as it did", () => {
    expect(canRetry({ ...task, reason: "invalid_input" }, models)).toBe(false);
    expect(canRetry({ ...task, reason: "content_blocked", blockedBy: "check" }, models)).toBe(false);
    expect(canRetry({ ...task, model: "flux-pro" }, models)).toBe(false);
  });
});
