import { describe, expect, it } from "vitest";
import { readBrief, tagsOf } from "./brief.ts";

const brief = (prompt: string) => {
  const { scene, mood } = readBrief(prompt, () => 0.5);
  return `${scene}, ${mood}`;
};

describe("reading a prompt", () => {
  it.for([
    ["misty mountains at dawn", "mountains, dawn"],
    ["a fishing boat on a lake, golden hour", "lake, golden"],
    ["海上的月亮，夜晚", "sea, night"],
    ["竹林，水墨", "bamboo, spring"],
    ["cyberpunk city in the rain", "city, neon"],
    ["autumn forest", "forest, autumn"],
    ["沙漠 日落", "dunes, sunset"],
    ["a cat on a windowsill", "interior, overcast"],
    ["cyanotype of a fern", "botanical, day"],
    ["cyanotype of mountains at night", "mountains, night"],
    ["portrait of a sailor, blue hour", "portrait, blue-hour"],
    ["aurora over a fjord", "night-sky, night"],
    ["cherry blossom", "blossom, spring"],
    ["荷花池塘 清晨", "lotus, dawn"],
    ["jellyfish", "underwater, blue-hour"],
    ["abstract fluid shapes, purple", "abstract, blue-hour"],
  ] as const)("%s: %s", ([prompt, expected]) => {
    expect(brief(prompt)).toBe(expected);
  });

  it("takes English words whole", () => {
    expect(tagsOf("a catalogue of seasons").has("cat")).toBe(false);
    expect(tagsOf("a catalogue of seasons").has("sea")).toBe(false);
    expect(tagsOf("Cats, dogs and a SEA").has("cat")).toBe(true);
  });

  it("finds something for any words at all", () => {
    for (const prompt of ["", "qwertz", "42", "🦊"]) {
      expect(brief(prompt)).toMatch(/^[\w-]+, [\w-]+$/);
    }
  });
});
