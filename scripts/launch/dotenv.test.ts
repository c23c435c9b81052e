import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { pickWorkerVariables, toDotenv } from "./dotenv.mjs";

describe("the variables of a Worker", () => {
  it("are those of the app, without what its bindings tell", () => {
    const env = {
      DATABASE_URL: "postgres://x",
      PORT: "3000",
      HOME: "/home/somebody",
      GEMINI_API_KEY: "key",
      CRON_SECRET: "",
    };
    expect(pickWorkerVariables(env)).toEqual({ GEMINI_API_KEY: "key" });
  });

  it("come back unchanged from the file", () => {
    const variables = { A: "plain", B: "whsec_a+b/c==", C: 'with "these"', D: "it's $HOME #1", E: "\"'" };
    expect(parseEnv(toDotenv(variables))).toEqual(variables);
  });

  it("are refused when no quoting would keep them", () => {
    expect(() => toDotenv({ A: "'\"`" })).toThrow("A has characters");
    expect(() => toDotenv({ B: "two\nlines" })).toThrow("B has characters");
  });
});
