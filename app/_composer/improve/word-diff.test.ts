import { describe, expect, it } from "vitest";
import { diffPrompts } from "./word-diff";

const textOf = (parts: ReturnType<typeof diffPrompts>, leftOut: "added" | "removed") =>
  parts
    .filter(({ kind }) => kind !== leftOut)
    .map(({ text }) => text)
    .join("");

describe("diffPrompts", () => {
  it("finds added and removed English words", () => {
    const parts = diffPrompts("a red fox", "a sleeping red fox in snow", "en");
    expect(parts.filter(({ kind }) => kind === "added").map(({ text }) => text.trim())).toEqual([
      "sleeping",
      "in snow",
    ]);
    expect(textOf(parts, "removed")).toBe("a sleeping red fox in snow");
  });

  it("compares Chinese by words, not as one long run", () => {
    const parts = diffPrompts("一只红色的狐狸", "一只沉睡的红色的狐狸", "zh");
    expect(parts.some(({ kind, text }) => kind === "same" && text.includes("狐狸"))).toBe(true);
    expect(textOf(parts, "removed")).toBe("一只沉睡的红色的狐狸");
    expect(textOf(parts, "added")).toBe("一只红色的狐狸");
  });
});
