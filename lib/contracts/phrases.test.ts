import { describe, expect, it } from "vitest";
import { joinPhrases } from "./phrases";

const FOX = { source: "雪中的狐狸", target: "a fox in the snow" };
const LIGHT = { source: null, target: "low sun" };

describe("phrases", () => {
  it("are one English prompt with commas and a capital", () => {
    expect(joinPhrases([FOX, LIGHT], "en")).toBe("A fox in the snow, low sun");
  });

  it("are one Chinese prompt with its own commas", () => {
    expect(
      joinPhrases(
        [
          { source: "a fox", target: "狐狸" },
          { source: null, target: "低低的阳光" },
        ],
        "zh",
      ),
    ).toBe("狐狸，低低的阳光");
  });

  it("that are none are nothing", () => {
    expect(joinPhrases([], "en")).toBe("");
  });
});
