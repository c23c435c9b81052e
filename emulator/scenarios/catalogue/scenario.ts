import type { JsonValue } from "../../core/json.ts";
import type { ActionKind } from "../action-kinds.ts";
import type { Operation, Rule, Where } from "../rule.ts";

/** A named fault an operator can switch on: what it is called, what it does in one sentence, and its rules. */
export interface Scenario {
  name: string;
  group: string;
  sentence: string;
  rules: readonly Rule[];
}

/** Parameters of an action as scenarios write them. */
export type Parameters = Record<string, JsonValue>;

/** A rule for some operations. */
export function rule(
  operations: Operation | readonly Operation[],
  kind: ActionKind,
  parameters: Parameters = {},
  more: Omit<Rule, "where" | "action"> & { where?: Where } = {},
): Rule {
  const { where, ...counts } = more;
  return {
    where: { operation: typeof operations === "string" ? [operations] : [...operations], ...where },
    action: { kind, parameters },
    ...counts,
  };
}

/** A scenario of one rule or several. */
export function scenario(group: string, name: string, sentence: string, ...rules: readonly Rule[]): Scenario {
  return { name, group, sentence, rules };
}
