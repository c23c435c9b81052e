import { describe, expect, it } from "vitest";
import { type JsonObject, parseJson } from "../../core/json.ts";
import type { GenerateRequest } from "../read-request.ts";
import { composeText } from "./compose-text.ts";
import { LEXICON_SIZE } from "./lexicon.ts";

const startingWithFox: unknown = expect.stringMatching(/^A fox in the snow,/);
const withOwnWords: unknown = expect.arrayContaining([
  { source: "a fox in the snow", target: "a fox in the snow", invented: false },
]);
const TRANSLATE =
  "Translate the user's image prompt into English for a text-to-image model that reads English only.";
const IMPROVE = "Improve the user's prompt for a text-to-image model. Answer in English.";
const IMPROVE_ZH = "请改进用户写的文生图提示词,用简体中文回答。";

function ask(systemText: string, userText: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    systemText,
    userText,
    promptText: userText,
    candidateCount: 1,
    maxOutputTokens: undefined,
    stopSequences: [],
    seed: undefined,
    wantsJson: false,
    schema: undefined,
    wantsImage: false,
    aspectRatio: "1:1",
    thinkingBudget: undefined,
    ...more,
  };
}

describe("translating prompts", () => {
  it.for([
    [
      "一只橘猫坐在窗台上看着窗外的雨",
      "An orange cat sitting on the windowsill looking at rain outside the window",
    ],
    [
      "清晨的雪山，湖面上有一只小船，薄雾",
      "Snow-capped mountain at dawn, a small boat on the lake surface, thin mist",
    ],
    ["戴着草帽的女孩站在向日葵花田里", "Girl standing in the sunflower field wearing straw hat"],
    ["赛博朋克风格的东京街头，霓虹灯，雨夜", "Cyberpunk style Tokyo street, neon lights, on a rainy night"],
    ["山顶上有一座古寺，云海环绕", "An ancient temple on the mountaintop, surrounded by sea of clouds"],
    ["孤独的老人在雪地中行走", "Lonely old man walking in the snowy ground"],
    ["画一只熊猫和一只兔子在竹林里喝茶", "A panda and a rabbit drinking tea in the bamboo grove"],
    ["一条蜿蜒的小路通向古老的木屋", "A winding path leading to ancient wooden cabin"],
  ] as const)("%s", ([chinese, english]) => {
    expect(composeText(ask(TRANSLATE, chinese), 0)).toBe(english);
  });

  it("keeps lettering between quotation marks, and what it does not know", () => {
    expect(composeText(ask(TRANSLATE, "灯笼上写着“生日快乐”，饕餮纹"), 0)).toMatch(/"生日快乐".*饕餮纹/);
  });

  it("knows more than a thousand words", () => {
    expect(LEXICON_SIZE).toBeGreaterThan(1400);
  });
});

describe("improving prompts", () => {
  it("keeps the user's words first and adds details in their language", () => {
    const english = composeText(ask(IMPROVE, "a fox in the snow."), 0);
    expect(english).toMatch(/^A fox in the snow, \w/);
    expect(english.split(",").length).toBeGreaterThan(3);
    const chinese = composeText(ask(IMPROVE_ZH, "月光下的竹林"), 0);
    expect(chinese).toMatch(/^月光下的竹林，/);
    expect(chinese).not.toMatch(/[a-z]{4}/);
  });

  it("says the same for the same request, and something else when asked again", () => {
    const request = ask(IMPROVE, "a harbour at night");
    expect(composeText(request, 0)).toBe(composeText(request, 0));
    expect(new Set([0, 1, 2, 3].map((variation) => composeText(request, variation))).size).toBeGreaterThan(1);
  });

  it("answers in Chinese when told to, whatever the prompt is written in", () => {
    expect(composeText(ask(IMPROVE_ZH, "a red fox in the snow at dawn"), 0)).toMatch(/^清晨雪中的红/);
  });
});

describe("JSON answers", () => {
  const schema: JsonObject = {
    type: "OBJECT",
    properties: {
      improved: { type: "STRING" },
      translation: { type: "STRING" },
      language: { type: "STRING", enum: ["zh", "en"] },
      allowed: { type: "BOOLEAN" },
      score: { type: "NUMBER", minimum: 0, maximum: 1 },
      phrases: {
        type: "ARRAY",
        items: {
          type: "OBJECT",
          properties: {
            source: { type: "STRING" },
            target: { type: "STRING" },
            invented: { type: "BOOLEAN" },
          },
        },
      },
      additions: { type: "ARRAY", maxItems: "2", items: { type: "STRING" } },
    },
  };

  it("fill every field by its name", () => {
    const value = parseJson(composeText(ask(IMPROVE, "a fox in the snow", { wantsJson: true, schema }), 0));
    expect(value).toMatchObject({
      improved: startingWithFox,
      translation: "a fox in the snow",
      language: "en",
      allowed: true,
      score: 0.9,
      phrases: withOwnWords,
    });
    expect(value).toHaveProperty("additions.length", 2);
    expect(value).toHaveProperty("phrases.1.invented", true);
  });

  it("translate phrase by phrase", () => {
    const value = parseJson(composeText(ask(TRANSLATE, "雪山，湖泊", { wantsJson: true, schema }), 0));
    expect(value).toMatchObject({
      language: "zh",
      phrases: [
        { source: "雪山", target: "snow-capped mountain" },
        { source: "湖泊", target: "lake" },
      ],
    });
  });

  it("flag what is not allowed", () => {
    const value = parseJson(composeText(ask(IMPROVE, "gore and nude", { wantsJson: true, schema }), 0));
    expect(value).toMatchObject({ allowed: false });
  });
});

describe("anything else", () => {
  it("echoes a word it is told to say", () => {
    expect(composeText(ask("", "Reply with the single word: pong"), 0)).toBe("pong");
    expect(composeText(ask("", "Say ok"), 0)).toBe("ok");
  });
});
