import { describe, expect, it } from "vitest";
import { toTimes } from "./read-model-times";

const row = (change: object = {}) => ({
  model: "flux-dev",
  count: 20,
  usualSeconds: 6.4,
  slowSeconds: 14.6,
  ...change,
});

describe("measured times", () => {
  it("are whole seconds", () => {
    expect(toTimes([row()]).get("flux-dev")).toEqual({ usualSeconds: 6, slowSeconds: 15 });
  });

  it("are none while too little was measured", () => {
    expect(toTimes([row({ count: 19 })]).size).toBe(0);
  });

  it("are a second at least, and slow is slower than usual", () => {
    expect(toTimes([row({ usualSeconds: 0.1, slowSeconds: 0.2 })]).get("flux-dev")).toEqual({
      usualSeconds: 1,
      slowSeconds: 2,
    });
  });
});
