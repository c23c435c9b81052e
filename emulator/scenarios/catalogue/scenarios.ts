import { CREATE_BODY_SCENARIOS } from "./create-bodies.ts";
import { CREATE_SCENARIOS } from "./creates.ts";
import { FILE_SCENARIOS } from "./files.ts";
import { GATEWAY_SCENARIOS } from "./gateway.ts";
import { GEMINI_SCENARIOS } from "./gemini.ts";
import { RUN_SCENARIOS } from "./runs.ts";
import type { Scenario } from "./scenario.ts";
import { WEBHOOK_SCENARIOS } from "./webhooks.ts";

/** Every named scenario, in the order in which the dashboard shows them. */
export const SCENARIOS: readonly Scenario[] = [
  ...CREATE_SCENARIOS,
  ...CREATE_BODY_SCENARIOS,
  ...RUN_SCENARIOS,
  ...WEBHOOK_SCENARIOS,
  ...FILE_SCENARIOS,
  ...GEMINI_SCENARIOS,
  ...GATEWAY_SCENARIOS,
];

/** The scenario of a name, or undefined. */
export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}
