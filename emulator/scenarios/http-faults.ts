import { booleanField, isJsonObject, numberField, objectField, stringField } from "../core/json.ts";
import { drawLatency, readLatency } from "../core/latency.ts";
import { randomFor } from "../core/random.ts";
import { emptyReply, htmlReply, jsonReply, type Reply, textReply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import type { FiredAction } from "./fault-engine.ts";
import { spoilBody } from "./spoil-body.ts";

/**
 * Runs one upstream call through the faults that struck it: waits first, then answers in its place, or
 * lets it happen and spoils the answer. Only kinds that any HTTP answer can suffer are handled here.
 */
export async function withHttpFaults(
  world: World,
  actions: readonly FiredAction[],
  run: () => Promise<Reply>,
): Promise<Reply> {
  for (const action of actions.filter(({ kind }) => kind === "delay")) {
    // A caller who gives up does not stop upstream: the work is done when its time has come.
    await world.clock.sleep(delayMs(world, action));
  }
  const substitute = actions.find(({ kind }) => kind === "answer" || kind === "silence" || kind === "reset");
  const happens = substitute === undefined || booleanField(substitute.parameters, "accepts") === true;
  let reply = happens ? await run() : emptyReply(204);
  if (substitute !== undefined) {
    reply = substituteReply(substitute, reply);
  }
  for (const action of actions) {
    reply = spoil(action, reply);
  }
  return reply;
}

function delayMs(world: World, action: FiredAction): number {
  const latency = readLatency(action.parameters.latency);
  if (latency !== undefined) {
    const { ordinal } = world.identifiers;
    return drawLatency(latency, randomFor(world.seed, "delay", ordinal)) / world.settings.speed;
  }
  return numberField(action.parameters, "milliseconds") ?? 1000;
}

function substituteReply(action: FiredAction, reply: Reply): Reply {
  switch (action.kind) {
    case "reset":
      return { ...reply, transport: { kind: "reset" } };
    case "silence": {
      const hasHeaders = booleanField(action.parameters, "headersFirst") === true;
      return { ...reply, transport: { kind: hasHeaders ? "headers-then-silence" : "silence" } };
    }
    default:
      return answerOf(action);
  }
}

/** The reply an `answer` action describes. */
function answerOf({ parameters }: FiredAction): Reply {
  const status = numberField(parameters, "status") ?? 500;
  const html = stringField(parameters, "html");
  const text = stringField(parameters, "text");
  const json = parameters.json;
  const headers = stringHeaders(
    parameters.headers === undefined ? undefined : objectField(parameters, "headers"),
  );
  const type = stringField(parameters, "type");
  let reply: Reply;
  if (html !== undefined) {
    reply = htmlReply(status, html, "nginx");
  } else if (text !== undefined) {
    reply = textReply(status, text);
  } else {
    reply = json === undefined ? emptyReply(status) : jsonReply(status, json);
  }
  return {
    ...reply,
    headers: { ...reply.headers, ...(type === undefined ? {} : { "content-type": type }), ...headers },
  };
}

function stringHeaders(headers: unknown): Record<string, string> {
  const plain: Record<string, string> = {};
  if (typeof headers === "object" && headers !== null) {
    for (const [name, value] of Object.entries(headers)) {
      plain[name.toLowerCase()] = String(value);
    }
  }
  return plain;
}

function spoil(action: FiredAction, reply: Reply): Reply {
  const { parameters } = action;
  switch (action.kind) {
    case "truncate":
      return {
        ...reply,
        transport: { kind: "truncate", fraction: numberField(parameters, "fraction") ?? 0.5 },
      };
    case "stall":
      return { ...reply, transport: { kind: "stall", fraction: numberField(parameters, "fraction") ?? 0.5 } };
    case "drip":
      return {
        ...reply,
        transport: { kind: "drip", bytesPerSecond: numberField(parameters, "bytesPerSecond") ?? 1 },
      };
    case "headers":
      return isJsonObject(parameters.set)
        ? { ...reply, headers: { ...reply.headers, ...stringHeaders(parameters.set) } }
        : reply;
    case "body":
      return spoilBody(
        reply,
        stringField(parameters, "form") ?? "malformed",
        numberField(parameters, "bytes"),
      );
    default:
      return reply;
  }
}
