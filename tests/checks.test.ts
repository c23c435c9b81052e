import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import dependencyRules from "@/.dependency-cruiser.mjs";
import { inProject } from "@/scripts/launch/paths.mjs";
import { architectureViolations, lintViolations } from "./support/tidy/planted-trees";

// Each check is run over a small tree in which every one of its rules is broken, because a check that cannot fail
// (for want of a parser, of types, of a matching path) looks just like one that passes.

const folder = mkdtempSync(path.join(tmpdir(), "sunprint-checks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The tools start anew each time, beside whatever else the machine does.
vi.setConfig({ testTimeout: 180_000 });

const SHARED = [
  ".gitignore",
  ".oxlintrc.json",
  "biome.json",
  "knip.json",
  "package.json",
  "scripts/tsconfig.json",
  "tsconfig.json",
];

function plant(name: string, files: Record<string, string>): string {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  for (const shared of SHARED.filter((file) => !(file in files))) {
    cpSync(inProject(shared), path.join(root, shared));
  }
  symlinkSync(inProject("node_modules"), path.join(root, "node_modules"));
  return root;
}

function run(cwd: string, program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inProject(program), ...args], {
    cwd,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

describe("the architecture check", () => {
  const program = "scripts/check/architecture.mjs";

  it("reports each of its rules where it is broken", () => {
    const root = plant("architecture", architectureViolations);
    const { status, output } = run(root, program, root);
    const broken = dependencyRules.forbidden
      .map(({ name }) => name)
      .filter((name) => !output.includes(`(${name}`));
    expect({ status, broken }, output).toEqual({ status: 1, broken: [] });
  });

  it("passes a tree that keeps them", () => {
    const root = plant("sound", {
      "app/page.tsx": 'import { price } from "@/lib/credits/price";\nexport const Page = () => price;\n',
      "lib/credits/price.ts": 'import type { Row } from "@/db/rows";\nexport const price: Row = 1;\n',
      "db/rows.ts": "export type Row = number;\n",
    });
    expect(run(root, program, root)).toEqual({ status: 0, output: "" });
  });

  it("fails over a file that the tool passed by", () => {
    const root = plant("unseen", {
      "lib/a.ts": "export const a = 1;\n",
      "lib/node_modules/b.ts": "export const b = 1;\n",
    });
    const { status, output } = run(root, program, root);
    expect(output).toBe("lib/node_modules/b.ts: not seen by the architecture check\n");
    expect(status).toBe(1);
  });
});

describe("the type-aware lint", () => {
  it("reports each of the rules that the house has chosen", () => {
    const root = plant("lint", lintViolations);
    const { status, output } = run(root, "node_modules/oxlint/bin/oxlint", "--format", "unix");
    const chosen = [
      "typescript(no-floating-promises)",
      "typescript(no-misused-promises)",
      "typescript(switch-exhaustiveness-check)",
      "typescript(only-throw-error)",
      "typescript(no-unsafe-argument)",
      "typescript(no-unsafe-assignment)",
      "typescript(no-unsafe-call)",
      "typescript(no-unsafe-member-access)",
      "typescript(no-unsafe-return)",
      "typescript(no-non-null-assertion)",
      "typescript(no-explicit-any)",
      "typescript(return-await)",
      "node(no-process-env)",
      "eslint(no-restricted-imports)",
    ];
    expect(
      chosen.filter((rule) => !output.includes(rule)),
      output,
    ).toEqual([]);
    expect(output).toMatch(/'axios' import is restricted/);
    expect(output).toMatch(/'\.\.\/storage\/b' import is restricted/);
    expect(output).toMatch(/'transaction' is restricted/);
    expect(output).toMatch(/'begin' is restricted/);
    // A builder of Drizzle, a query of the driver and a promise in an array callback, each left unawaited.
    expect(output.match(/no-floating-promises/g)?.length, output).toBe(3);
    expect(status).toBe(1);
  });
});

describe("the format check", () => {
  it("fails over a file name or a layout that is not the house's", () => {
    const root = plant("format", {
      "lib/camelCase.ts": "export const a = 1;\n",
      "lib/b.ts": "export  const b=1",
    });
    const { status, output } = run(
      root,
      "node_modules/@biomejs/biome/bin/biome",
      "check",
      "--vcs-enabled=false",
      ".",
    );
    expect(output).toMatch(/useFilenamingConvention/);
    expect(output).toMatch(/b\.ts format/);
    expect(status).toBe(1);
  });
});

describe("the type check", () => {
  it("covers the app, the tests and the launcher's plain JavaScript", () => {
    const wrong = 'const count: number = "three";\nexport default count;\n';
    const root = plant("types", {
      "app/a.tsx": wrong,
      "tests/b.test.ts": wrong,
      "env.mjs": '/** @type {number} */\nexport const count = "three";\n',
      "scripts/c.mjs": '/** @type {number} */\nexport const count = "three";\n',
    });
    const app = run(root, "node_modules/typescript/bin/tsc", "--noEmit");
    expect(app.output.match(/^\S+(?=\(\d+,\d+\): error TS2322)/gm)).toEqual([
      "app/a.tsx",
      "env.mjs",
      "tests/b.test.ts",
    ]);
    const launcher = run(root, "node_modules/typescript/bin/tsc", "--noEmit", "--project", "scripts");
    expect(launcher.output).toMatch(/^scripts\/c\.mjs\(\d+,\d+\): error TS2322/m);
  });
});

describe("the dead-code check", () => {
  it("finds the file, the export and the dependency that nobody uses", () => {
    const root = plant("dead", {
      "package.json": JSON.stringify({ name: "dead", type: "module", dependencies: { zod: "4.6.7" } }),
      "scripts/commands/run.mjs": 'import { used } from "../launch/a.mjs";\nused();\n',
      "scripts/launch/a.mjs": "export function used() {}\nexport function unused() {}\n",
      "lib/nobody.ts": "export const a = 1;\n",
    });
    const { status, output } = run(root, "node_modules/knip/bin/knip.js", "--reporter", "compact");
    expect(output).toMatch(/lib\/nobody\.ts/);
    expect(output).toMatch(/a\.mjs: unused/);
    expect(output).toMatch(/zod/);
    expect(status).not.toBe(0);
  });
});
