import { describe, expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

const read = (environment: Record<string, string>) => readEnvironment({ NODE_ENV: "test", ...environment });

describe("the environment", () => {
  it("may be empty", () => {
    const { webhookSecrets, ...options } = read({});
    expect(options).toEqual({
      port: 8787,
      speed: 1,
      dataDir: undefined,
      seed: undefined,
      gatewayToken: undefined,
      replicateToken: undefined,
      geminiKey: undefined,
    });
    expect(Buffer.from(webhookSecrets[0]?.slice(6) ?? "", "base64")).toHaveLength(24);
  });

  it("takes several webhook secrets, the first of which signs", () => {
    expect(read({ EMULATOR_WEBHOOK_SECRET: "whsec_YWFh, whsec_YmJi" }).webhookSecrets).toEqual([
      "whsec_YWFh",
      "whsec_YmJi",
    ]);
  });

  it.for([
    [{ EMULATOR_PORT: "high" }, "EMULATOR_PORT"],
    [{ EMULATOR_PORT: "70000" }, "EMULATOR_PORT"],
    [{ EMULATOR_SPEED: "0" }, "EMULATOR_SPEED"],
    [{ EMULATOR_SPEED: "-2" }, "EMULATOR_SPEED"],
    [{ EMULATOR_WEBHOOK_SECRET: "undefined" }, "EMULATOR_WEBHOOK_SECRET"],
    [{ EMULATOR_WEBHOOK_SECRET: "whsec_" }, "EMULATOR_WEBHOOK_SECRET"],
  ] as const)("%j is refused by name", ([environment, name]) => {
    expect(() => read(environment)).toThrow(name);
  });
});
