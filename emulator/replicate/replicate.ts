import { noteFault } from "../core/exchange.ts";
import { isJsonObject, objectField, parseJson, stringField } from "../core/json.ts";
import type { Provider, ProviderCall, StruckCall } from "../core/provider.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import { bearerToken } from "../core/request.ts";
import type { World } from "../core/world.ts";
import { withHttpFaults } from "../scenarios/http-faults.ts";
import type { Operation } from "../scenarios/rule.ts";
import { readCatalogue } from "./catalogue.ts";
import { notFound, unauthenticated } from "./errors.ts";
import type { Files } from "./files.ts";
import { listPredictions } from "./list-predictions.ts";
import { cancelPrediction, createPrediction, getPrediction } from "./predictions.ts";
import type { Runs } from "./runs.ts";
import { type Budget, Throttle } from "./throttle.ts";

interface Route {
  operation: Operation;
  budget: Budget;
  answer: (call: StruckCall) => Promise<Reply> | Reply;
}

const CREATE_PATH = /^\/predictions$|^\/(?:models|deployments)\/[^/]+\/[^/]+\/predictions$/;

/** Replicate's HTTP API; the path of a call begins after `…/v1`. */
export function createReplicate(world: World, runs: Runs, files: Files): Provider {
  const throttle = new Throttle(world);
  return async (call) => {
    const route = routeOf(call, runs, files);
    call.exchange.operation = route.operation;
    const facts = factsOf(call, runs);
    call.exchange.model = facts.model;
    const actions = world.faults.strike({ ...facts, operation: route.operation });
    for (const action of actions) {
      noteFault(call.exchange, action.scenario);
    }
    const reply = await withHttpFaults(world, actions, async () => {
      const refusal = authenticate(call);
      if (refusal !== undefined) {
        return refusal;
      }
      const taken = throttle.take(route.budget);
      if (taken.kind === "refused") {
        return taken.reply;
      }
      const answer = await route.answer({ ...call, actions });
      return { ...answer, headers: { ...answer.headers, ...taken.headers } };
    });
    return {
      ...reply,
      headers: {
        "replicate-edge-cluster": "us-east1-cpu",
        "replicate-target-cluster": "us-east1-gpu",
        ...reply.headers,
      },
    };
  };
}

function routeOf(call: ProviderCall, runs: Runs, files: Files): Route {
  const { method, path } = call;
  if (method === "POST" && CREATE_PATH.test(path)) {
    return {
      operation: "replicate.create",
      budget: "create",
      answer: (struck) => createPrediction(struck, runs),
    };
  }
  if (method === "GET" && path === "/predictions") {
    return { operation: "replicate.list", budget: "other", answer: listPredictions };
  }
  if (method === "GET" && /^\/predictions\/[^/]+$/.test(path)) {
    return { operation: "replicate.get", budget: "read", answer: (struck) => getPrediction(struck, runs) };
  }
  if (method === "POST" && /^\/predictions\/[^/]+\/cancel$/.test(path)) {
    return {
      operation: "replicate.cancel",
      budget: "other",
      answer: (struck) => cancelPrediction(struck, runs),
    };
  }
  const operation = "replicate.other";
  if (method === "GET" && path === "/webhooks/default/secret") {
    return { operation, budget: "other", answer: webhookSecret };
  }
  if (/^\/files(?:\/[^/]+)?$/.test(path)) {
    return { operation, budget: "other", answer: (struck) => files.handle(struck) };
  }
  const isCatalogue = /^\/(?:account|hardware|models|deployments|collections)(?:\/|$)/.test(path);
  return { operation, budget: "other", answer: isCatalogue ? readCatalogue : () => notFound() };
}

function webhookSecret({ world }: StruckCall): Reply {
  return jsonReply(200, { key: world.options.webhookSecrets[0] ?? "" });
}

/** 401 unless the token is the one the emulator was told, or, when told none, any at all. */
function authenticate(call: ProviderCall): Reply | undefined {
  const token = bearerToken(call.headers.get("authorization"));
  const expected = call.world.options.replicateToken;
  if (token === undefined) {
    return unauthenticated(false);
  }
  return expected === undefined || expected.split(",").includes(token) ? undefined : unauthenticated(true);
}

function factsOf(
  call: ProviderCall,
  runs: Runs,
): { method: string; path: string; model: string; prompt: string; via: string; gateway: string } {
  const body = call.method === "POST" ? parseJson(call.body.toString("utf8")) : undefined;
  const fields = isJsonObject(body) ? body : undefined;
  const known = runs.find(call.path.split("/")[2] ?? "");
  const fromPath = /^\/models\/([^/]+\/[^/]+)\/predictions$/.exec(call.path)?.[1];
  return {
    method: call.method,
    path: call.path,
    model: fromPath ?? stringField(fields, "version")?.split(":")[0] ?? known?.model ?? "",
    prompt: stringField(objectField(fields, "input"), "prompt") ?? known?.prompt ?? "",
    via: call.exchange.via,
    gateway: call.exchange.gateway,
  };
}
