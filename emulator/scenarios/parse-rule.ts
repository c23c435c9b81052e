import { isJsonObject, type JsonObject, type JsonValue, numberField, stringsField } from "../core/json.ts";
import { FILE_FORMS } from "../delivery/odd-files.ts";
import { ODD_RESPONSES, ODD_TEXTS } from "../gemini/odd-answers.ts";
import { STREAM_FORMS } from "../gemini/stream-forms.ts";
import { OUTPUT_FORMS } from "../replicate/output-forms.ts";
import { PAYLOAD_FORMS } from "../webhooks/payload.ts";
import { FORGERIES } from "../webhooks/sign.ts";
import { ACTION_KINDS, type ActionKind, isActionKind } from "./action-kinds.ts";
import { matchesPattern } from "./pattern.ts";
import { type Action, OPERATIONS, type Rule, type Where } from "./rule.ts";
import { BODY_FORMS } from "./spoil-body.ts";

/** A rule, or a sentence that says what is wrong with it. */
export type ParsedRule = { kind: "rule"; rule: Rule } | { kind: "problem"; problem: string };

const WHERE_NAMES = [
  "operation",
  "method",
  "path",
  "model",
  "gateway",
  "via",
  "prompt",
  "event",
  "status",
] as const;
const COUNTS = ["nth", "every", "times", "probability"] as const;

/** Reads `{where, nth?, every?, times?, probability?, action: {kind, …}}`. */
export function parseRule(value: JsonValue | undefined): ParsedRule {
  if (!isJsonObject(value)) {
    return { kind: "problem", problem: "a rule is an object" };
  }
  const unknown = Object.keys(value).find(
    (name) => name !== "where" && name !== "action" && !COUNTS.some((count) => count === name),
  );
  if (unknown !== undefined) {
    return { kind: "problem", problem: `a rule has no "${unknown}"` };
  }
  const where = parseWhere(value.where);
  if (typeof where === "string") {
    return { kind: "problem", problem: where };
  }
  const action = parseAction(value.action);
  if (typeof action === "string") {
    return { kind: "problem", problem: action };
  }
  const operation = where.operation ?? defaultOperations(action.kind);
  return { kind: "rule", rule: { where: { ...where, operation }, action, ...parseCounts(value) } };
}

const RUN_KINDS: readonly ActionKind[] = ["end", "hold", "pace", "output", "odd-status"];
const WEBHOOK_KINDS: readonly ActionKind[] = [
  "drop",
  "duplicate",
  "swap",
  "forge",
  "skew",
  "misdirect",
  "stranger",
  "contradict",
  "replay",
  "payload",
];

/** Where a kind of action strikes when a rule does not say: the points at which it means something. */
function defaultOperations(kind: ActionKind): string[] {
  if (RUN_KINDS.includes(kind)) {
    return ["replicate.run"];
  }
  if (WEBHOOK_KINDS.includes(kind)) {
    return ["webhook.send"];
  }
  if (kind.startsWith("gateway-")) {
    return ["gateway.request"];
  }
  const others: Partial<Record<ActionKind, string[]>> = {
    file: ["delivery.get"],
    gemini: ["gemini.generate", "gemini.stream"],
    stream: ["gemini.stream"],
    lag: ["replicate.get", "replicate.list"],
    "data-removed": ["replicate.get", "replicate.list"],
    "cancel-loses": ["replicate.cancel"],
    "cancel-ignored": ["replicate.cancel"],
    "early-webhook": ["replicate.create"],
  };
  return (
    others[kind] ?? [
      "replicate.create",
      "replicate.get",
      "replicate.list",
      "replicate.cancel",
      "replicate.other",
      "gemini.*",
      "delivery.get",
    ]
  );
}

/** The counts of a rule or of a scenario that overrides them. */
export function parseCounts(value: JsonObject): Pick<Rule, (typeof COUNTS)[number]> {
  const counts: Pick<Rule, (typeof COUNTS)[number]> = {};
  for (const name of COUNTS) {
    const count = numberField(value, name);
    if (count !== undefined) {
      counts[name] = count;
    }
  }
  return counts;
}

/** The patterns of a `where`, or a sentence about the first that makes no sense. */
export function parseWhere(value: JsonValue | undefined): Where | string {
  if (value === undefined) {
    return {};
  }
  if (!isJsonObject(value)) {
    return "where is an object";
  }
  const where: Where = {};
  for (const name of Object.keys(value)) {
    const known = WHERE_NAMES.find((candidate) => candidate === name);
    if (known === undefined) {
      return `where has no "${name}"`;
    }
    where[known] = stringsField(value, known);
  }
  const stray = where.operation?.find(
    (pattern) => !OPERATIONS.some((operation) => matchesPattern(pattern, operation)),
  );
  return stray === undefined ? where : `"${stray}" is no operation; there are ${OPERATIONS.join(", ")}`;
}

const FORMS: Partial<Record<ActionKind, readonly string[]>> = {
  body: BODY_FORMS,
  file: FILE_FORMS,
  payload: PAYLOAD_FORMS,
  forge: FORGERIES,
  output: OUTPUT_FORMS,
  gemini: [...ODD_RESPONSES, ...ODD_TEXTS],
  stream: STREAM_FORMS,
};

function parseAction(value: JsonValue | undefined): Action | string {
  if (!isJsonObject(value) || typeof value.kind !== "string" || !isActionKind(value.kind)) {
    return `an action has a kind, one of ${Object.keys(ACTION_KINDS).join(", ")}`;
  }
  const kinds: Record<string, string> = ACTION_KINDS[value.kind];
  const { kind, ...parameters } = value;
  const form = parameters.form ?? parameters.how;
  const forms = FORMS[value.kind];
  if (typeof form === "string" && forms !== undefined && !forms.includes(form)) {
    return `${value.kind} knows no "${form}"; there are ${forms.join(", ")}`;
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    const expected = kinds[name];
    if (expected === undefined) {
      return `the action ${value.kind} has no "${name}"`;
    }
    if (expected !== "any" && typeof parameter !== expected) {
      return `${value.kind}.${name} is a ${expected}`;
    }
  }
  return typeof kind === "string" && isActionKind(kind) ? { kind, parameters } : "an action has a kind";
}
