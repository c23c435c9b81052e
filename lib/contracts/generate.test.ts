import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenerateRequest, IdempotencyKey } from "./generate";

/** One valid request; each case below breaks one thing of it. */
const REQUEST = {
  model: "flux-general",
  inputPrompt: "a fox",
  aspectRatio: "1:1",
  isPrivate: 1,
  locale: "en",
  loraName: "koda",
  loraScale: 0.8,
  inputImageUrl: "https://example.com/a.png",
  seed: 7,
  numOutputs: 2,
  outputFormat: "png",
  writtenPrompt: "狐狸",
  promptChange: "edited",
  translate: false,
};

const pathsOf = (change: object) =>
  GenerateRequest.safeParse({ ...REQUEST, ...change }).error?.issues.map(({ path }) => path.join(".")) ?? [];
/** As it arrives: JSON can say what a literal cannot. */
const parseText = (text: string) => GenerateRequest.safeParse(JSON.parse(text));

describe("a submit", () => {
  it("is valid whole, and with its three required fields alone", () => {
    expect(GenerateRequest.parse(REQUEST)).toMatchObject({ isPrivate: true, seed: 7 });
    const { model, inputPrompt, aspectRatio } = REQUEST;
    expect(GenerateRequest.parse({ model, inputPrompt, aspectRatio })).toEqual({
      model,
      inputPrompt,
      aspectRatio,
      isPrivate: true,
      locale: "en",
      numOutputs: 1,
      outputFormat: "webp",
    });
  });

  it("has no word of what was left out: its hash is the one of releases that knew less", () => {
    const { model, inputPrompt, aspectRatio } = REQUEST;
    expect(Object.keys(GenerateRequest.parse({ model, inputPrompt, aspectRatio }))).toEqual([
      "model",
      "inputPrompt",
      "aspectRatio",
      "isPrivate",
      "locale",
      "numOutputs",
      "outputFormat",
    ]);
  });

  it.for([
    ["model", undefined],
    ["model", "flux-9"],
    ["model", "toString"],
    ["model", "gemini-1.5-flash"],
    ["inputPrompt", undefined],
    ["inputPrompt", ""],
    ["inputPrompt", " \n\t\u3000 "],
    ["inputPrompt", 7],
    ["inputPrompt", ["a fox"]],
    ["inputPrompt", "a \0 fox"],
    ["inputPrompt", "a \ud83e fox"],
    ["inputPrompt", "\udd8a"],
    ["inputPrompt", "x".repeat(2_001)],
    ["inputPrompt", "🦊".repeat(2_001)],
    ["writtenPrompt", ""],
    ["writtenPrompt", "\u3000 "],
    ["writtenPrompt", null],
    ["writtenPrompt", "a \0 fox"],
    ["writtenPrompt", "🦊".repeat(2_001)],
    ["promptChange", "none"],
    ["promptChange", "translated"],
    ["translate", 0],
    ["translate", "false"],
    ["aspectRatio", undefined],
    ["aspectRatio", "16:10"],
    ["aspectRatio", "1: 1"],
    ["isPrivate", 2],
    ["isPrivate", "true"],
    ["isPrivate", "1"],
    ["isPrivate", null],
    ["locale", "fr"],
    ["loraName", "../../etc/passwd"],
    ["loraName", "a/b/c"],
    ["loraName", "https://evil.test/x"],
    ["loraName", ""],
    ["loraScale", -0.1],
    ["loraScale", 1.6],
    ["loraScale", "1"],
    ["loraScale", Number.NaN],
    ["loraScale", Number.POSITIVE_INFINITY],
    ["seed", -1],
    ["seed", 1.5],
    ["seed", 2 ** 31],
    ["seed", "7"],
    ["seed", "1e3"],
    ["seed", true],
    ["seed", null],
    ["seed", Number.NaN],
    ["numOutputs", 0],
    ["numOutputs", -1],
    ["numOutputs", 5],
    ["numOutputs", 2 ** 53],
    ["numOutputs", 1.5],
    ["numOutputs", "2"],
    ["numOutputs", [2]],
    ["outputFormat", "avif"],
    ["outputFormat", "WEBP"],
  ] as const)("[F-80] is refused for its %s: %j", ([field, value]) => {
    expect(pathsOf({ [field]: value })).toEqual(expect.arrayContaining([field]));
  });

  it.for([
    "http://example.com/a.png",
    "https://localhost/a.png",
    "https://127.0.0.1/a.png",
    "https://[::1]/a.png",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/",
    "https://0x7f.1/",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "//example.com/a.png",
    "example.com/a.png",
    "https://",
    `https://example.com/${"a".repeat(2_048)}`,
    "https://example.com/\0.png",
    "https://example.com/\ud83e.png",
    "",
  ])("is refused for a reference picture at %j", (inputImageUrl) => {
    expect(pathsOf({ inputImageUrl })).toContain("inputImageUrl");
  });

  it.for([
    "userId",
    "role",
    "cost",
    "balance",
    "state",
    "predictionId",
    "unitPrice",
    "unit",
    "heldAmount",
    "id",
    "audience",
    "deadlineAt",
    "constructor",
    "prompt",
    "prefer",
    "webhook",
  ])("is refused with the foreign field %s, which is named", (field) => {
    const { error } = GenerateRequest.safeParse({ ...REQUEST, [field]: 1 });
    expect(error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: [field] }]);
  });

  it("is refused with a __proto__ of its own, and pollutes nothing", () => {
    const text = `{"__proto__":{"numOutputs":4,"isAdmin":true},${JSON.stringify(REQUEST).slice(1)}`;
    expect(parseText(text).success).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.for([
    ['"numOutputs":1e309', false],
    ['"seed":1e309', false],
    ['"seed":-0', true],
    ['"seed":1e3', true],
    ['"numOutputs":2.0', true],
    ['"seed":9007199254740993', false],
  ] as const)("[F-80] with the number %s in its JSON is accepted: %s", ([member, isAccepted]) => {
    const { model, inputPrompt, aspectRatio } = REQUEST;
    const text = `${JSON.stringify({ model, inputPrompt, aspectRatio }).slice(0, -1)},${member}}`;
    expect(parseText(text).success).toBe(isAccepted);
  });

  it("is the same request with -0 as with 0", () => {
    const seed = GenerateRequest.parse({ ...REQUEST, seed: -0 }).seed;
    expect(JSON.stringify({ seed })).toBe('{"seed":0}');
  });

  it.for([null, undefined, [], "text", 7, true, [REQUEST]])("is no %j", (body) => {
    expect(GenerateRequest.safeParse(body).success).toBe(false);
  });
});

describe("a prompt", () => {
  it.for([
    ["letters", "x"],
    ["emoji, two units each", "🦊"],
    ["ideographs beyond the first plane", "𠮷"],
  ] as const)("may have 2000 characters of %s, as a person counts", ([, character]) => {
    expect(pathsOf({ inputPrompt: character.repeat(2_000) })).toEqual([]);
    expect(pathsOf({ inputPrompt: character.repeat(2_001) })).toEqual(
      expect.arrayContaining(["inputPrompt"]),
    );
  });

  it("[F-79] of any Unicode is kept exactly, or refused", () => {
    const property = fc.property(fc.string({ unit: "binary", maxLength: 200 }), (inputPrompt) => {
      const parsed = GenerateRequest.safeParse({ ...REQUEST, inputPrompt });
      const isSound = inputPrompt.trim() !== "" && !inputPrompt.includes("\0");
      expect(parsed.success).toBe(isSound);
      expect(parsed.data?.inputPrompt ?? inputPrompt).toBe(inputPrompt);
    });
    fc.assert(property, { numRuns: 5_000 });
  });
});

describe("any JSON at all", () => {
  it("is either a request within every bound, or refused; never an exception", () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(REQUEST)));
    const bodies = fc.record(Object.fromEntries(Object.keys(REQUEST).map((field) => [field, value])), {
      requiredKeys: [],
    });
    const property = fc.property(bodies, (body) => {
      const { data } = GenerateRequest.safeParse(body);
      expect(data === undefined || (data.numOutputs >= 1 && data.numOutputs <= 4)).toBe(true);
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});

describe("an Idempotency-Key", () => {
  it.for(["12345678", "a".repeat(128), "3f2b8c1e-2d64-4b1c-8f0a-1d2e3f4a5b6c", "~!@#$%^&*()"])(
    "may be %s",
    (key) => {
      expect(IdempotencyKey.safeParse(key).success).toBe(true);
    },
  );

  it.for([
    "",
    "1234567",
    "a".repeat(129),
    "with space",
    "tab\tinside",
    "狐狸狐狸狐狸狐狸",
    "caf\u00e9-1234",
    "12345678\n",
  ])("may not be %j", (key) => {
    expect(IdempotencyKey.safeParse(key).success).toBe(false);
  });
});
