import { randomBytes } from "node:crypto";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberField,
  stringField,
  stringsField,
} from "../core/json.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import { findScenario, SCENARIOS } from "../scenarios/catalogue/scenarios.ts";
import { parseCounts, parseRule, parseWhere } from "../scenarios/parse-rule.ts";
import type { Rule } from "../scenarios/rule.ts";

interface Wanted {
  name: string;
  sentence: string;
  rules: readonly Rule[];
}

/** GET /_faults: what is on, with counts, and everything that could be. */
export function listFaults(world: World): Reply {
  return jsonReply(200, {
    active: activeView(world),
    scenarios: SCENARIOS.map(({ name, group, sentence }) => ({ name, group, sentence })),
  });
}

/**
 * POST /_faults: `{name, seed?, where?, nth?, every?, times?, probability?, replace?}` for a named scenario,
 * `{names: […]}` for several, `{rules: […], name?, seed?}` or a bare list for rules of one's own.
 */
export function addFaults(world: World, body: JsonValue | undefined): Reply {
  const request: JsonObject = Array.isArray(body) ? { rules: body } : isJsonObject(body) ? body : {};
  const wanted = readWanted(request);
  if (typeof wanted === "string") {
    return jsonReply(400, { error: wanted });
  }
  if (request.replace === true) {
    world.faults.clear();
  }
  const seed = stringField(request, "seed") ?? numberField(request, "seed") ?? world.seed;
  for (const { name, sentence, rules } of wanted) {
    const id = findScenario(name) === undefined ? `${name}-${randomBytes(3).toString("hex")}` : name;
    world.faults.add({ id, name, sentence, seed: String(seed), rules });
  }
  world.events.publish("faults", { active: activeView(world) });
  return jsonReply(201, { active: activeView(world) });
}

/** DELETE /_faults, and /_faults/{id or name}. */
export function removeFaults(world: World, id: string | undefined): Reply {
  if (id === undefined) {
    world.faults.clear();
  } else if (!world.faults.remove(id)) {
    return jsonReply(404, { error: `no scenario "${id}" is on` });
  }
  world.events.publish("faults", { active: activeView(world) });
  return jsonReply(200, { active: activeView(world) });
}

function readWanted(request: JsonObject): Wanted[] | string {
  if (Array.isArray(request.rules)) {
    return readRules(request);
  }
  const names = stringsField(request, request.names === undefined ? "name" : "names");
  if (names.length === 0) {
    return "send {name}, {names} or {rules}; GET /_faults lists the names";
  }
  const where = parseWhere(request.where);
  if (typeof where === "string") {
    return where;
  }
  const wanted: Wanted[] = [];
  for (const name of names) {
    const found = findScenario(name);
    if (found === undefined) {
      return `there is no scenario "${name}"; GET /_faults lists them`;
    }
    const rules = found.rules.map((rule) => ({
      ...rule,
      ...parseCounts(request),
      where: { ...rule.where, ...where },
    }));
    wanted.push({ name, sentence: found.sentence, rules });
  }
  return wanted;
}

function readRules(request: JsonObject): Wanted[] | string {
  const rules: Rule[] = [];
  for (const value of Array.isArray(request.rules) ? request.rules : []) {
    const parsed = parseRule(value);
    if (parsed.kind === "problem") {
      return parsed.problem;
    }
    rules.push(parsed.rule);
  }
  const name = stringField(request, "name") ?? "custom";
  if (findScenario(name) !== undefined) {
    return `"${name}" is the name of a scenario; rules of one's own need another`;
  }
  return [{ name, sentence: stringField(request, "sentence") ?? "Rules of one's own.", rules }];
}

/** The active scenarios with how often each rule matched and fired. */
export function activeView(world: World): JsonValue[] {
  return world.faults.list().map(({ id, name, sentence, seed, rules }) => ({
    id,
    name,
    sentence,
    seed,
    rules: rules.map(({ rule, matched, fired }) => ({
      where: Object.fromEntries(Object.entries(rule.where).map(([fact, patterns]) => [fact, [...patterns]])),
      action: { kind: rule.action.kind, ...rule.action.parameters },
      matched,
      fired,
    })),
  }));
}
