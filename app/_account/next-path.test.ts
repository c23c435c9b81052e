import { describe, expect, it } from "vitest";
import { toNextPath } from "./next-path";

describe("the path after signing in", () => {
  it.each(["/create", "/zh/create/img_1?x=1"])("may be %s", (path) => {
    expect(toNextPath(path, "/")).toBe(path);
  });

  it.each([
    "https://example.com/",
    "//example.com",
    "/\\example.com",
    "javascript:alert(1)",
    "create",
    "",
    undefined,
  ])("is never %s", (asked) => {
    expect(toNextPath(asked, "/create")).toBe("/create");
  });

  it("is the first of several never", () => {
    expect(toNextPath(["/a", "/b"], "/create")).toBe("/create");
  });
});
