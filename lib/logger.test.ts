import { afterEach, describe, expect, it, vi } from "vitest";
import { setTestEnvironment } from "@/tests/support/environment";
import { log } from "./logger";

const SECRETS = {
  BETTER_AUTH_SECRET: "canary-auth-secret-of-32-characters!",
  CLOUDFLARE_AI_GATEWAY_TOKEN: "canary-gateway-token",
  REPLICATE_API_TOKEN: "canary-replicate-a,canary-replicate-b",
  GEMINI_API_KEY: "canary-gemini-key",
  METRICS_TOKEN: "canary-metrics-token",
  CRON_SECRET: "canary-cron-secret-long",
  GOOGLE_CLIENT_SECRET: 'canary"quoted\\password',
  DATABASE_URL: "postgres://app:canary-password@localhost:5432/x",
};
setTestEnvironment({ ...SECRETS, LOG_LEVEL: "trace" });

function written(work: () => void): string {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  work();
  spy.mockRestore();
  return lines.join("");
}
afterEach(() => vi.restoreAllMocks());

describe("the log", () => {
  it.for(Object.values(SECRETS).flatMap((value) => value.split(",")))(
    "never has a configured secret in it, wherever it turns up: %s",
    (secret) => {
      const text = written(() => {
        log().info({ url: `https://x.test/?key=${secret}`, list: [secret] }, `sent ${secret}`);
        log().error({ err: new Error(`refused: ${secret}`, { cause: new Error(secret) }) }, "request.failed");
      });
      expect(text).not.toContain(secret);
      expect(text).toContain("[redacted]");
    },
  );

  it("never has in it what a failed statement was about", () => {
    const refused = Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (email)=(canary@x.test)",
    });
    const quoting = Object.assign(
      new Error("Failed query: insert\nparams: canary@x.test", { cause: refused }),
      {
        query: "insert",
        params: ["canary@x.test"],
      },
    );
    for (const err of [quoting, refused, new Error("not signed up", { cause: quoting })]) {
      const text = written(() => log().error({ err }, "request.failed"));
      expect(text).not.toContain("canary");
      expect(text).toContain("duplicate key");
    }
    expect(written(() => log().error({ err: quoting }, "request.failed"))).toContain("23505");
  });

  it.for([
    { prompt: "a canary prompt" },
    { token: "a canary token" },
    { headers: { cookie: "canary" } },
    { body: "canary" },
    {
      request: {
        authorization: "canary",
        cookie: "canary",
        password: "canary",
        prompt: "canary",
        token: "canary",
      },
    },
    { calls: [{ model: "m", request: { prompt: "canary" } }] },
    { a: { b: { c: { d: { e: { prompt: "canary" } } } } } },
  ])("never has what must not appear in it: %j", (fields) => {
    expect(written(() => log().info(fields, "a fact"))).not.toContain("canary");
  });

  it("never has a secret in it that JSON writes otherwise", () => {
    expect(written(() => log().info({ url: 'canary"quoted\\password' }, "a fact"))).not.toContain("canary");
  });

  it("leaves what it is given as it was", () => {
    const fields = { request: { prompt: "a fox", model: "m" }, list: [{ token: "t" }] };
    written(() => log().info(fields, "a fact"));
    expect(fields).toEqual({ request: { prompt: "a fox", model: "m" }, list: [{ token: "t" }] });
  });

  it("is one JSON line a fact", () => {
    const [line, ...rest] = written(() => log().info({ generationId: "gen_1" }, "generation.settled")).split(
      "\n",
    );
    expect(rest).toEqual([""]);
    expect(JSON.parse(line ?? "")).toMatchObject({ generationId: "gen_1", msg: "generation.settled" });
  });
});
