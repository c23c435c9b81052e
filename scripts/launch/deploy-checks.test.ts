import { describe, expect, it } from "vitest";
import {
  checkBindings,
  checkHyperdrive,
  checkVariables,
  readWorkerConfig,
  readWorkerKib,
  type WorkerConfig,
} from "./deploy-checks.mjs";
import { inProject } from "./paths.mjs";

const SECRETS = [
  "BETTER_AUTH_SECRET",
  "CLOUDFLARE_AI_GATEWAY_URL",
  "REPLICATE_WEBHOOK_SECRET",
  "CRON_SECRET",
];
const sound: WorkerConfig = {
  vars: { NEXT_PUBLIC_SITE_URL: "https://sunprint.dev" },
  secrets: { required: SECRETS },
  hyperdrive: [{ binding: "HYPERDRIVE", id: "0c1d" }],
  r2_buckets: [{ binding: "PICTURES", bucket_name: "pictures" }],
  triggers: { crons: ["* * * * *"] },
};

describe("a Worker's configuration", () => {
  it("passes when all is bound and set", () => {
    expect([...checkBindings(sound), ...checkVariables(sound, SECRETS)]).toEqual([]);
  });

  it.for([
    ["a Hyperdrive with the template's id", { hyperdrive: [{ binding: "HYPERDRIVE", id: "0".repeat(32) }] }],
    ["no Hyperdrive", { hyperdrive: [] }],
    ["no bucket", { r2_buckets: [] }],
    ["no clock", { triggers: { crons: [] } }],
    ["a clock of its own", { triggers: { crons: ["0 * * * *"] } }],
  ] satisfies [string, Partial<WorkerConfig>][])("is refused with %s", ([, change]) => {
    expect(checkBindings({ ...sound, ...change })).toHaveLength(1);
  });

  it.for(SECRETS)("is refused without %s, which may also be a variable", (name) => {
    const others = SECRETS.filter((other) => other !== name);
    expect(checkVariables(sound, others)).toEqual([`${name} is missing: npx wrangler secret put ${name}`]);
    const value =
      name === "REPLICATE_WEBHOOK_SECRET"
        ? `whsec_${Buffer.alloc(24).toString("base64")}`
        : "https://gateway.ai.cloudflare.com/v1/a/b";
    expect(checkVariables({ ...sound, vars: { ...sound.vars, [name]: value } }, others)).toEqual([]);
  });

  it.for([
    ["RATE_LIMIT_TASK", "many"],
    ["NEXT_PUBLIC_SITE_URL", "http://sunprint.dev"],
    ["NEXT_PUBLIC_SITE_URL", "https://sunprint.example"],
    ["NEXT_PUBLIC_SITE_URL", "http://localhost:3000"],
  ] as const)("is refused with %s set to %s, and the value is not printed", ([name, value]) => {
    const problems = checkVariables({ ...sound, vars: { ...sound.vars, [name]: value } }, SECRETS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).not.toContain(value);
  });

  it("is refused while Hyperdrive caches reads", () => {
    expect(checkHyperdrive('text before {"id":"0c1d","caching":{"disabled":true}}')).toEqual([]);
    expect(checkHyperdrive('{"id":"0c1d","caching":{"disabled":false}}')).toHaveLength(1);
    expect(checkHyperdrive('{"id":"0c1d"}')).toHaveLength(1);
  });

  it("tells the size of a Worker from what wrangler prints", () => {
    expect(readWorkerKib("Total Upload: 5818.50 KiB / gzip: 1717.98 KiB\n")).toBe(1717.98);
    expect(readWorkerKib("nothing")).toBeUndefined();
  });
});

describe("wrangler.toml", () => {
  it.for(["staging", "production"])("for %s is complete but for what is the operator's own", async (env) => {
    const config = await readWorkerConfig(env);
    expect(checkBindings(config)).toEqual([expect.stringContaining("No Hyperdrive is bound")]);
    expect(checkVariables(config, SECRETS)).toEqual([
      "NEXT_PUBLIC_SITE_URL must be the public https address: see [vars] in wrangler.toml",
    ]);
    expect(config).toMatchObject({
      main: inProject("host", "worker.ts"),
      observability: { enabled: true },
      images: { binding: "IMAGES" },
      minify: true,
    });
  });
});
