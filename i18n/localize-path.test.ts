import { describe, expect, it } from "vitest";
import { localeOf } from "./locale-of";
import { localizePath, stripLocale } from "./localize-path";

describe("paths in a language", () => {
  it("have a prefix in Chinese and none in English", () => {
    expect(localizePath("/create", "en")).toBe("/create");
    expect(localizePath("/create?x=1", "zh")).toBe("/zh/create?x=1");
    expect(localizePath("/", "zh")).toBe("/zh");
  });

  it("lose it again", () => {
    expect(stripLocale("/zh/create")).toBe("/create");
    expect(stripLocale("/en")).toBe("/");
    expect(stripLocale("/zhengzhou")).toBe("/zhengzhou");
  });

  it("tell it", () => {
    expect(["/zh/reset", "/reset", "/", "/zh", "/zhengzhou"].map(localeOf)).toEqual([
      "zh",
      "en",
      "en",
      "zh",
      "en",
    ]);
  });
});
