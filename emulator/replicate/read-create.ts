import { isJsonObject, type JsonObject, parseJson, stringField } from "../core/json.ts";
import { isLoopbackUrl } from "../core/loopback.ts";
import type { ProviderCall } from "../core/provider.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import { WEBHOOK_EVENTS } from "../webhooks/webhooks.ts";
import { findDeployment } from "./deployments.ts";
import { invalidInput, invalidVersion, notFound } from "./errors.ts";
import { findModel, findVersion } from "./models/find-model.ts";
import type { ModelData } from "./models/model-data.ts";
import type { RunRequest } from "./plan-run.ts";
import { referenceSize } from "./reference-size.ts";
import { cancelAfterMs } from "./request-headers.ts";
import { type InvalidField, unknownInputs, validateInput } from "./validate-input.ts";

/** A create that may run, or the answer that refuses it. */
export type ReadCreate = { kind: "request"; request: RunRequest } | { kind: "refused"; reply: Reply };

interface Target {
  model: ModelData;
  version: string;
  deployment: string | null;
}

/** Checks a create from address to input, in the order in which upstream does. */
export async function readCreate(call: ProviderCall): Promise<ReadCreate> {
  const value = parseJson(call.body.toString("utf8"));
  if (!isJsonObject(value)) {
    return refused(jsonReply(400, { detail: "Request body is not valid JSON", status: 400 }));
  }
  const isByVersion = call.path === "/predictions";
  const bodyProblems = bodyFields(value, isByVersion);
  if (bodyProblems.length > 0) {
    return refused(invalidInput(bodyProblems));
  }
  const target = isByVersion ? versionTarget(stringField(value, "version") ?? "") : pathTarget(call.path);
  if (target === undefined) {
    return refused(isByVersion ? invalidVersion() : notFound());
  }
  const input = isJsonObject(value.input) ? value.input : {};
  call.exchange.model = `${target.model.owner}/${target.model.name}`;
  const { unknownInputs: unknownPolicy } = call.world.settings.replicate;
  const inputProblems = validateInput(target.model, input, unknownPolicy === "refuse");
  if (inputProblems.length > 0) {
    return refused(invalidInput(inputProblems));
  }
  for (const name of unknownInputs(target.model, input)) {
    call.exchange.warnings.push(`${target.model.name} has no input ${name}; upstream drops it`);
  }
  const cancelAfter = call.headers.get("cancel-after");
  const cancelMs = cancelAfter === undefined ? null : cancelAfterMs(cancelAfter);
  if (typeof cancelMs === "string") {
    const description = `Cancel-After is ${cancelMs}; it takes a duration such as 90s or 1m`;
    return refused(invalidInput([{ type: "format", field: "", description }]));
  }
  return {
    kind: "request",
    request: {
      ...target,
      input,
      webhook: stringField(value, "webhook") ?? null,
      eventsFilter: eventsOf(value),
      cancelAfterMs: cancelMs,
      reference: await referenceSize(call.world, input),
      via: call.exchange.via,
      logId: call.exchange.logId === "" ? null : call.exchange.logId,
    },
  };
}

function refused(reply: Reply): ReadCreate {
  return { kind: "refused", reply };
}

/** Problems of the body itself; `model` in place of `version` is the classic one. */
function bodyFields(body: JsonObject, isByVersion: boolean): InvalidField[] {
  const problems: InvalidField[] = [];
  const required = isByVersion ? ["version", "input"] : ["input"];
  const allowed = [...required, "webhook", "webhook_events_filter", "stream"];
  for (const name of required) {
    if (body[name] === undefined) {
      problems.push({ type: "required", field: "", description: `${name} is required` });
    }
  }
  for (const name of Object.keys(body)) {
    if (!allowed.includes(name)) {
      const description = `Additional property ${name} is not allowed`;
      problems.push({ type: "additional_property_not_allowed", field: "", description });
    }
  }
  if (body.input !== undefined && !isJsonObject(body.input)) {
    problems.push({
      type: "invalid_type",
      field: "input",
      description: "Invalid type. Expected: object, given: other",
    });
  }
  if (isByVersion && body.version !== undefined && typeof body.version !== "string") {
    problems.push({
      type: "invalid_type",
      field: "version",
      description: "Invalid type. Expected: string, given: other",
    });
  }
  return [...problems, ...webhookFields(body)];
}

function webhookFields(body: JsonObject): InvalidField[] {
  const problems: InvalidField[] = [];
  const { webhook, webhook_events_filter: filter } = body;
  if (webhook !== undefined) {
    // Upstream takes https only; a loopback address is excused, because a rehearsal has no certificate.
    const isFit =
      typeof webhook === "string" && (URL.parse(webhook)?.protocol === "https:" || isLoopbackUrl(webhook));
    if (!isFit) {
      problems.push({ type: "format", field: "webhook", description: "webhook must be an HTTPS URL" });
    }
  }
  if (filter !== undefined) {
    const isFit =
      Array.isArray(filter) && filter.every((event) => WEBHOOK_EVENTS.some((known) => known === event));
    if (!isFit) {
      const choices = WEBHOOK_EVENTS.map((event) => `"${event}"`).join(", ");
      const description = `webhook_events_filter must be one of the following: ${choices}`;
      problems.push({ type: "enum", field: "webhook_events_filter", description });
    }
  }
  return problems;
}

function eventsOf(body: JsonObject): string[] | null {
  const filter = body.webhook_events_filter;
  return Array.isArray(filter) ? filter.filter((event) => typeof event === "string") : null;
}

function versionTarget(version: string): Target | undefined {
  const found = findVersion(version);
  if (found === undefined) {
    return undefined;
  }
  // Official models keep their version to themselves.
  const shown = found.isOfficialSlug ? "hidden" : (version.split(":").at(-1) ?? version);
  return { model: found.model, version: shown, deployment: null };
}

function pathTarget(path: string): Target | undefined {
  const match = /^\/(models|deployments)\/([^/]+)\/([^/]+)\/predictions$/.exec(path);
  const slug = `${match?.[2]}/${match?.[3]}`;
  if (match?.[1] === "models") {
    const model = findModel(slug);
    return model === undefined ? undefined : { model, version: "hidden", deployment: null };
  }
  const deployment = findDeployment(slug);
  const model = deployment === undefined ? undefined : findModel(deployment.model);
  return deployment === undefined || model === undefined
    ? undefined
    : { model, version: deployment.version, deployment: slug };
}
