import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Control } from "./control/control.ts";
import { beginExchange, type Exchange } from "./core/exchange.ts";
import { isLoopbackAddress } from "./core/loopback.ts";
import type { Provider } from "./core/provider.ts";
import { jsonReply, type Reply, textReply } from "./core/reply.ts";
import { readRequest, type WireRequest } from "./core/request.ts";
import { sendReply } from "./core/send-reply.ts";
import type { World } from "./core/world.ts";
import { deliver } from "./delivery/delivery.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { noRoute } from "./gateway/gateway-errors.ts";
import { handleUniversal } from "./gateway/universal.ts";

/** The parts a request can be for. */
export interface Parts {
  world: World;
  gateway: Gateway;
  providers: Readonly<Record<"replicate" | "google-ai-studio", Provider>>;
  control: Control;
}

/** Sends each request to the part it is for, answers it, and enters it in the books. */
export function createRouter(parts: Parts): RequestListener {
  return (message, response) => {
    void handle(parts, message, response);
  };
}

async function handle(parts: Parts, message: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on("error", () => response.destroy());
  if (!isLoopbackAddress(message.socket.remoteAddress)) {
    response.destroy();
    return;
  }
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const request = await readRequest(message, gone.signal);
    if (parts.control.owns(request.path)) {
      await parts.control.answer(request, response);
      return;
    }
    await answerWire(parts, request, response);
  } catch (error) {
    if (!response.headersSent) {
      const detail = error instanceof Error ? error.message : String(error);
      await sendReply(response, textReply(500, `The emulator failed: ${detail}\n`));
    } else {
      response.destroy();
    }
  }
}

async function answerWire(parts: Parts, request: WireRequest, response: ServerResponse): Promise<void> {
  const { world } = parts;
  const startedMs = performance.now();
  const exchange = beginExchange({
    wallMs: world.clock.wallMs(),
    method: request.method,
    path: request.path,
    operation: "other",
  });
  const reply = await route(parts, request, exchange);
  exchange.status = reply.status;
  exchange.milliseconds = Math.round(performance.now() - startedMs);
  exchange.outcome = outcomeOf(reply, request.signal.aborted);
  exchange.bytes = reply.body.length;
  const call = world.books.recordCall(exchange);
  world.events.publish("call", call);
  await sendReply(response, reply, request.method === "HEAD");
}

function outcomeOf(reply: Reply, isGone: boolean): string {
  const kind = reply.transport?.kind ?? "whole";
  if (kind !== "whole") {
    return kind;
  }
  return isGone ? "client left" : "answered";
}

async function route(parts: Parts, request: WireRequest, exchange: Exchange): Promise<Reply> {
  const { path } = request;
  const universal = /^\/v1\/([^/]+)\/([^/]+)\/?$/.exec(path);
  if (universal !== null && request.method === "POST") {
    const [, account = "", gateway = ""] = universal;
    return handleUniversal(parts.gateway, request, { account, gateway }, exchange);
  }
  const through = /^\/v1\/([^/]+)\/([^/]+)\/([^/]+)(\/.*)$/.exec(path);
  if (through !== null) {
    const [, account = "", gateway = "", provider = "", rest = ""] = through;
    return parts.gateway.handle(request, { account, gateway, provider, path: rest }, exchange);
  }
  if (path.startsWith("/v1/")) {
    return noRoute();
  }
  const direct = /^\/(replicate\/v1|gemini)(\/.*)$/.exec(path);
  if (direct !== null) {
    const provider = direct[1] === "gemini" ? parts.providers["google-ai-studio"] : parts.providers.replicate;
    exchange.via = "direct";
    const { method, query, headers, body, signal } = request;
    return provider({
      world: parts.world,
      method,
      path: direct[2] ?? "/",
      query,
      headers,
      body,
      signal,
      exchange,
    });
  }
  if (path.startsWith("/delivery/")) {
    return deliver(parts.world, request, exchange);
  }
  return jsonReply(404, {
    error:
      "Nothing here. The wire is under /v1, /replicate/v1, /gemini and /delivery; the dashboard is at /.",
  });
}
