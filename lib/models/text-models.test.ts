import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "@/env.mjs";
import { listEndingModels, readTextModels } from "./text-models";

const VALID = {
  DATABASE_URL: "postgres://user:password@localhost:5432/sunprint",
  BETTER_AUTH_SECRET: "x".repeat(32),
  CLOUDFLARE_AI_GATEWAY_URL: "https://gateway.test/v1/account/studio",
  REPLICATE_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 7).toString("base64")}`,
};
const read = (variables: object) => readTextModels(parseEnv({ ...VALID, ...variables }));
const TODAY = new Date("2026-11-23T12:00:00Z");

describe("the text models", () => {
  it("of old names reach living ones, and none of them ends on a known day", () => {
    const { textModel, textUpstreams } = read({});
    expect(textModel).toBe("gemini-1.5-flash");
    expect(textUpstreams).toEqual({
      "gemini-1.5-flash": "gemini-3.5-flash-lite",
      "gemini-1.5-pro": "gemini-3.8-flash",
    });
    expect(listEndingModels(textUpstreams, TODAY)).toEqual([]);
  });

  it("can each be set to another one, and the rest stays", () => {
    const { textUpstreams } = read({ GEMINI_UPSTREAM_MODELS: "gemini-1.5-pro=gemini-3.6-flash" });
    expect(textUpstreams).toEqual({
      "gemini-1.5-flash": "gemini-3.5-flash-lite",
      "gemini-1.5-pro": "gemini-3.6-flash",
    });
  });

  it("that end are named, before and after their day", () => {
    const { textUpstreams } = read({
      GEMINI_UPSTREAM_MODELS: "gemini-1.5-flash=gemini-2.5-flash, gemini-1.5-pro=gemini-2.0-flash",
    });
    expect(listEndingModels(textUpstreams, TODAY)).toEqual([
      "gemini-2.5-flash, which gemini-1.5-flash stands for, ends on 2026-12-01: set GEMINI_UPSTREAM_MODELS",
      "gemini-2.0-flash, which gemini-1.5-pro stands for, ended on 2026-06-01: set GEMINI_UPSTREAM_MODELS",
    ]);
  });

  it.for([
    [{ GEMINI_MODEL: "gemini-9" }, /^GEMINI_MODEL must be one of gemini-1\.5-flash, gemini-1\.5-pro$/],
    [
      { GEMINI_UPSTREAM_MODELS: "gemini-9=x" },
      /^GEMINI_UPSTREAM_MODELS must name identifiers of the catalogue/,
    ],
    [{ GEMINI_UPSTREAM_MODELS: "gemini-1.5-pro" }, /^GEMINI_UPSTREAM_MODELS must be/],
    [{ GEMINI_UPSTREAM_MODELS: "gemini-1.5-pro=../x" }, /^GEMINI_UPSTREAM_MODELS must be/],
  ] as const)("that nobody knows stop the start with one line: %j", ([variables, line]) => {
    expect(() => read(variables)).toThrow(EnvError);
    expect(() => read(variables)).toThrow(line);
  });
});
