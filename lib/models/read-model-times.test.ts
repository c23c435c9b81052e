import { describe, expect, it } from "vitest";
import { toTimes } from "./read-model-times";

const row = (change: object = {}) => ({
  model: "flux-dev",
  hours: 168,
  count: 20,
  usualSeconds: 6.4,
  slowSeconds: 14.6,
  ...change,
});
const day = (change: object = {}) => row({ hours: 24, usualSeconds: 3, slowSeconds: 9, ...change });

describe("measured times", () => {
  it("are whole seconds", () => {
    expect(toTimes([row()], "week").get("flux-dev")).toEqual({ usualSeconds: 6, slowSeconds: 15 });
  });

  it("are none while too little was measured", () => {
    expect(toTimes([row({ count: 19 })], "week").size).toBe(0);
  });

  it("are a second at least, and slow is slower than usual", () => {
    expect(toTimes([row({ usualSeconds: 0.1, slowSeconds: 0.2 })], "week").get("flux-dev")).toEqual({
      usualSeconds: 1,
      slowSeconds: 2,
    });
  });

  it("of late are the day's, the week's when the day is thin; the week's are the week's", () => {
    for (const rows of [
      [day(), row()],
      [row(), day()],
    ]) {
      expect(toTimes(rows, "lately").get("flux-dev")).toEqual({ usualSeconds: 3, slowSeconds: 9 });
      expect(toTimes(rows, "week").get("flux-dev")).toEqual({ usualSeconds: 6, slowSeconds: 15 });
    }
    expect(toTimes([day({ count: 19 }), row()], "lately").get("flux-dev")?.usualSeconds).toBe(6);
  });
});
