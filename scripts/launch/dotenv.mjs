import { readFileSync } from "node:fs";
import { LaunchError } from "./launch-error.mjs";
import { inProject } from "./paths.mjs";

/** What a Worker is told by its bindings instead. */
const BOUND = new Set(["DATABASE_URL", "PORT"]);

/** The names of all variables that the app reads: the template lists each. */
export function listVariableNames() {
  const template = readFileSync(inProject("env.cloudflare.template"), "utf8");
  return [...template.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] ?? "");
}

/** The variables of the app that a Worker gets as variables. @param {import("./processes.mjs").Environment} env */
export function pickWorkerVariables(env) {
  const names = listVariableNames().filter((name) => !BOUND.has(name) && env[name]);
  return Object.fromEntries(names.map((name) => [name, String(env[name])]));
}

/** As a file of lines that dotenv reads back unchanged. @param {Record<string, string>} variables */
export function toDotenv(variables) {
  return Object.entries(variables)
    .map(([name, value]) => {
      const quote = ["'", '"', "`"].find((mark) => !value.includes(mark));
      if (quote === undefined || value.includes("\n") || (quote === '"' && value.includes("\\"))) {
        throw new LaunchError(`${name} has characters that cannot be handed to the Workers runtime.`);
      }
      return `${name}=${quote}${value}${quote}\n`;
    })
    .join("");
}
