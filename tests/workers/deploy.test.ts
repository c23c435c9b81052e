import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { WORKER_KIB_MAX } from "@/scripts/launch/deploy-checks.mjs";
import { inProject, projectFolder } from "@/scripts/launch/paths.mjs";

function deploy(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [inProject("scripts", "run.mjs"), "deploy", ...args],
    // Nothing to sign in with, and nothing of the developer's own.
    {
      cwd: projectFolder,
      encoding: "utf8",
      env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: "/nonexistent" },
    },
  );
  return { status, output: stdout + stderr };
}

describe("npm run deploy", () => {
  it("--dry-run tells a size that fits, and what is still missing, without an account", () => {
    const { status, output } = deploy("--dry-run");
    expect(status, output).toBe(0);
    const [, kib] = /The Worker has (\d+) KiB compressed/.exec(output) ?? [];
    expect(Number(kib)).toBeGreaterThan(500);
    expect(Number(kib)).toBeLessThan(WORKER_KIB_MAX);
    expect(output).toContain("No Hyperdrive is bound");
    expect(output).toContain("NEXT_PUBLIC_SITE_URL must be the public https address");
  });

  it.for([[], ["--env", "staging"]])("%s deploys nothing as long as something is missing", (args) => {
    const { status, output } = deploy(...args);
    expect({ status, isRefused: output.includes("Nothing was deployed") }, output).toEqual({
      status: 1,
      isRefused: true,
    });
  });

  it.for([["--env", "moon"], ["--dry"], ["--env"]])("takes no other words: %s", (args) => {
    const { status, output } = deploy(...args);
    expect(output).toContain("npm run deploy takes");
    expect(status).toBe(1);
  });
});
