import { describe, expect, it } from "vitest";
import { fileName } from "./download-zip";

describe("a picture's file name", () => {
  it.for([
    ["A fox, asleep", "image/webp", "A-fox-asleep-img_1.webp"],
    ["一只狐狸", "image/jpeg", "一只狐狸-img_1.jpg"],
    ["../../etc/passwd\0", "image/png", "etc-passwd-img_1.png"],
    ["=cmd|' /C calc'!A0", "image/png", "cmd-C-calc-A0-img_1.png"],
    ["", "image/webp; charset=x", "img_1.webp"],
    ["🦊🦊", "text/html", "img_1.img"],
  ] as const)("of %j is plain words and the id", ([prompt, type, name]) => {
    expect(fileName("img_1", prompt, type)).toBe(name);
  });

  it("is never longer than file systems take", () => {
    expect(new TextEncoder().encode(fileName("img_1", "狐".repeat(2_000), "image/webp")).length).toBeLessThan(
      200,
    );
  });
});
