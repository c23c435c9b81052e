import { spawn } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { inProject, projectFolder } from "@/scripts/launch/paths.mjs";
import { startEmulator } from "@/tests/support/start-emulator";

const emulator = await startEmulator({ EMULATOR_SPEED: "50" });
afterAll(() => emulator.stop());

const Report = z.object({
  ok: z.boolean(),
  target: z.enum(["emulator", "gateway"]),
  dryRun: z.boolean(),
  totalMs: z.number(),
  checks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(["ok", "failed", "skipped"]),
      detail: z.string(),
      remedy: z.string().nullable(),
      durationMs: z.number(),
      failure: z.string().nullable(),
      logId: z.string().nullable(),
    }),
  ),
});

/** The command as npm runs it, with nothing in the environment but what is given. */
async function run(flags: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [inProject("scripts", "run.mjs"), "test:ai-gateway", ...flags], {
    cwd: projectFolder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let problems = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    problems += text;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { code, output, problems };
}

describe("npm run test:ai-gateway", () => {
  it("with nothing configured starts the emulator, says so, and passes", async () => {
    const { code, output, problems } = await run([]);
    expect(problems).toBe("");
    expect(code).toBe(0);
    expect(output).toContain("CLOUDFLARE_AI_GATEWAY_URL is unset, so this is the emulator");
    expect(output).toContain("All is well: 8 passed.");
    expect(output).not.toContain("\u001b");
    expect(output).not.toMatch(/whsec_[A-Za-z0-9+/]{8}|local-gateway-|local-gemini-|r8_local_/);
  });

  it("hands keys that are set to no emulator", async () => {
    const { code, output } = await run(["--dry-run"], {
      REPLICATE_API_TOKEN: "r8_real",
      GEMINI_API_KEY: "real",
    });
    expect(code).toBe(0);
    expect(output).not.toContain("r8_real");
  });

  it("with --json prints the report and nothing else", async () => {
    const { code, output } = await run(["--json", "--dry-run"]);
    expect(code).toBe(0);
    const report = Report.parse(JSON.parse(output));
    expect(report).toMatchObject({ ok: true, target: "emulator", dryRun: true });
    expect(report.checks.map(({ id }) => id)).toEqual([
      "settings",
      "gateway",
      "predictions",
      "webhook_secret",
      "text",
      "text",
      "picture",
      "webhook",
    ]);
  });

  it("ends with 1 when a step fails, in both forms, and names the remedy", async () => {
    const variables = { ...emulator.variables, CLOUDFLARE_AI_GATEWAY_TOKEN: "wrong" };
    const table = await run([], variables);
    expect(table.code).toBe(1);
    expect(table.output).toContain("The gateway refuses CLOUDFLARE_AI_GATEWAY_TOKEN (401).");
    expect(table.output).toContain("Fix: Make a Cloudflare API token");
    const json = await run(["--json"], variables);
    expect(json.code).toBe(1);
    expect(Report.parse(JSON.parse(json.output))).toMatchObject({ ok: false, target: "gateway" });
  });

  it("refuses a flag that it does not have", async () => {
    const { code, problems } = await run(["--fast"]);
    expect(code).toBe(1);
    expect(problems).toContain("There is no --fast.");
  });
});
