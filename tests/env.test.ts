import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "@/env.mjs";

const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;

/** One valid environment; each case below sets one variable. */
const VALID = {
  DATABASE_URL: "postgres://user:password@localhost:5432/sunprint",
  BETTER_AUTH_SECRET: "x".repeat(32),
  CLOUDFLARE_AI_GATEWAY_URL: "https://gateway.ai.cloudflare.com/v1/account/studio",
  REPLICATE_WEBHOOK_SECRET: SECRET,
};

type Variables = Record<string, string | undefined>;

function linesOf(change: Variables): string[] {
  try {
    parseEnv({ ...VALID, ...change });
    return [];
  } catch (error) {
    return error instanceof EnvError ? error.lines : [`no EnvError: ${String(error)}`];
  }
}

describe("a sound environment", () => {
  it("needs four variables; every other has its promised default", () => {
    expect(parseEnv(VALID)).toMatchObject({
      NODE_ENV: "production",
      PORT: 3000,
      NEXT_PUBLIC_SITE_URL: "http://localhost:3000",
      REPLICATE_API_TOKEN: [],
      REPLICATE_DELIVERY_HOSTS: ["replicate.delivery", "*.replicate.delivery"],
      GEMINI_MODEL: "gemini-1.5-flash",
      GEMINI_UPSTREAM_MODELS: [],
      AI_GATEWAY_DIRECT: "off",
      STORAGE_URL: "file:.data/storage",
      SIGNUP_CREDITS: 50,
      FREE_MONTHLY_LIMIT: 5,
      ADMIN_EMAILS: [],
      RATE_LIMIT_GENERATE: { count: 10, seconds: 60 },
      RATE_LIMIT_PROMPT: { count: 20, seconds: 60 },
      RATE_LIMIT_TASK: { count: 120, seconds: 60 },
      RATE_LIMIT_AUTH: { count: 10, seconds: 60 },
      GENERATION_DEADLINE_SECONDS: 900,
      SWEEP_INTERVAL_SECONDS: 5,
      LOG_LEVEL: "info",
    });
  });

  it("takes an empty variable for one that is not set", () => {
    const empty = { PORT: "", SIGNUP_CREDITS: "", CRON_SECRET: "", STORAGE_URL: "", RATE_LIMIT_TASK: "" };
    expect(parseEnv({ ...VALID, ...empty })).toMatchObject({ PORT: 3000, SIGNUP_CREDITS: 50 });
  });

  it("derives the site's address from the port", () => {
    expect(parseEnv({ ...VALID, PORT: "4000" }).NEXT_PUBLIC_SITE_URL).toBe("http://localhost:4000");
  });

  it.for([
    ["CLOUDFLARE_AI_GATEWAY_URL", `${VALID.CLOUDFLARE_AI_GATEWAY_URL}/`, [VALID.CLOUDFLARE_AI_GATEWAY_URL]],
    [
      "CLOUDFLARE_AI_GATEWAY_URL",
      "https://a.test/v1/x/y, http://127.0.0.1:8787/v1/local/sunprint ",
      ["https://a.test/v1/x/y", "http://127.0.0.1:8787/v1/local/sunprint"],
    ],
    ["REPLICATE_API_TOKEN", "r8_a, r8_b,", ["r8_a", "r8_b"]],
    ["REPLICATE_WEBHOOK_SECRET", `${SECRET},${SECRET}`, [SECRET, SECRET]],
    [
      "REPLICATE_DELIVERY_HOSTS",
      "Replicate.Delivery,127.0.0.1:8787",
      ["replicate.delivery", "127.0.0.1:8787"],
    ],
    ["NEXT_PUBLIC_SITE_URL", "https://studio.test/", "https://studio.test"],
    ["NEXT_PUBLIC_SITE_URL", "http://[::1]:3000", "http://[::1]:3000"],
    ["ADMIN_EMAILS", "A@b.test, c@d.test", ["a@b.test", "c@d.test"]],
    ["RATE_LIMIT_GENERATE", "7/3", { count: 7, seconds: 3 }],
    ["DATABASE_URL", "postgresql://u@h/d", "postgresql://u@h/d"],
    ["SMTP_URL", "smtps://u%40d.test:p%2Fw@mail.test:465", "smtps://u%40d.test:p%2Fw@mail.test:465"],
    ["SMTP_URL", "smtp://mail.test/", "smtp://mail.test/"],
    ["MAIL_FROM", "Sunprint <mail@studio.test>", "Sunprint <mail@studio.test>"],
    ["MAIL_FROM", "mail@studio.test", "mail@studio.test"],
    ["SIGNUP_CREDITS", "0", 0],
    [
      "STORAGE_URL",
      "s3://bucket?endpoint=https://x.test&region=auto",
      "s3://bucket?endpoint=https://x.test&region=auto",
    ],
  ] as const)("reads %s = %s", ([name, value, expected]) => {
    expect(parseEnv({ ...VALID, [name]: value })).toMatchObject({ [name]: expected });
  });
});

const BAD: [name: keyof ReturnType<typeof parseEnv>, values: string[]][] = [
  ["DATABASE_URL", ["mysql://u:canary@h/d", "canary"]],
  ["BETTER_AUTH_SECRET", ["canary", "x".repeat(31)]],
  [
    "CLOUDFLARE_AI_GATEWAY_URL",
    [
      "canary",
      "http://gateway.canary.test/v1/a/b",
      "https://canary.test",
      "https://canary.test/v1/a",
      "https://canary.test/v1/a/b/replicate",
      "https://canary.test/v1//b",
      "https://canary.test/v1/a/b?x=1",
      "https://canary.test/v1/a/b#x",
      "https://user:canary@canary.test/v1/a/b",
      "ftp://canary.test/v1/a/b",
      ",",
      "https://a.test/v1/a/b,canary",
    ],
  ],
  [
    "REPLICATE_WEBHOOK_SECRET",
    [
      "whsec_",
      "whsec_undefined",
      "whsec_canary",
      SECRET.slice(6),
      `${SECRET},whsec_canary`,
      `whsec_${Buffer.alloc(23).toString("base64")}`,
      "whsec_ not base64, canary!",
      ",",
    ],
  ],
  [
    "REPLICATE_DELIVERY_HOSTS",
    ["https://canary.test", "canary", "evil.test:443", "10.0.0.1:80", "*.*", "a b.test"],
  ],
  [
    "NEXT_PUBLIC_SITE_URL",
    [
      "canary",
      "http://canary.test",
      "javascript:canary",
      "https://canary.test/?a",
      "https://u:canary@x.test",
    ],
  ],
  ["STORAGE_URL", ["canary", "file:", "s3://canary", "https://canary.test"]],
  [
    "SMTP_URL",
    [
      "canary",
      "https://canary.test",
      "smtp://",
      "smtp://u:canary%@x.test",
      "smtp://canary.test/path",
      "smtps://canary.test?tls.rejectUnauthorized=false",
      "smtp://canary.test#x",
    ],
  ],
  ["MAIL_FROM", ["canary", "Canary <canary>", "Canary <a@b.test", "a@b.test, canary@b.test", "a b@canary"]],
  ["GEMINI_UPSTREAM_MODELS", ["canary", "a=b,canary", "a=../canary", "a=b=canary"]],
  ["AI_GATEWAY_DIRECT", ["canary", "true"]],
  ["PORT", ["0", "65536", "canary", "3000.5", "-1"]],
  ["SIGNUP_CREDITS", ["-1", "1.5", "canary", "1e99", "Infinity", "NaN"]],
  ["FREE_MONTHLY_LIMIT", ["-1", "2.5", "canary"]],
  ["GENERATION_DEADLINE_SECONDS", ["9", "3301", "canary"]],
  ["SWEEP_INTERVAL_SECONDS", ["0", "3601", "canary"]],
  ["RATE_LIMIT_GENERATE", ["10", "0/60", "10/0", "-1/60", "1.5/60", "10/60/1", "canary/60", "1e3/60"]],
  ["RATE_LIMIT_PROMPT", ["canary"]],
  ["RATE_LIMIT_TASK", ["canary"]],
  ["RATE_LIMIT_AUTH", ["canary"]],
  ["METRICS_TOKEN", ["canary"]],
  ["CRON_SECRET", ["canary"]],
  ["LOG_LEVEL", ["canary"]],
  ["NODE_ENV", ["canary"]],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", ["canary"]],
];

describe.for(BAD)("a bad %s", ([name, values]) => {
  it.for(values)("is refused in one line that names it and never its value: %s", (value) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} \\S`));
    expect(lines[0]).not.toContain("canary");
  });
});

describe("a missing variable", () => {
  it.for(Object.keys(VALID))("%s is named", (name) => {
    expect(linesOf({ [name]: undefined })).toEqual([`${name} is missing`]);
    expect(linesOf({ [name]: "" })).toEqual([`${name} is missing`]);
  });

  it("does not hide the others: one line each", () => {
    expect(
      linesOf({ DATABASE_URL: undefined, PORT: "canary", REPLICATE_WEBHOOK_SECRET: "whsec_" }),
    ).toHaveLength(3);
  });
});
