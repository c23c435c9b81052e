import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Reply, Transport } from "./reply.ts";

// Often enough to look continuous to a client that counts idle time, rare enough to cost nothing.
const DRIP_INTERVAL_MS = 250;

/** Sends a reply the way its transport says; resolves with the bytes written when no more will follow. */
export async function sendReply(response: ServerResponse, reply: Reply, isHead = false): Promise<number> {
  const transport: Transport = reply.transport ?? { kind: "whole" };
  if (transport.kind === "reset") {
    response.socket?.resetAndDestroy();
    return 0;
  }
  if (transport.kind === "silence") {
    return 0;
  }
  if (reply.stream !== undefined) {
    return sendStream(response, reply, reply.stream, transport);
  }
  const hasBody = reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(hasBody ? { "content-length": reply.headers["content-length"] ?? String(reply.body.length) } : {}),
  });
  if (isHead || !hasBody) {
    response.end();
    return 0;
  }
  return sendBody(response, reply.body, transport);
}

async function sendBody(response: ServerResponse, body: Buffer, transport: Transport): Promise<number> {
  switch (transport.kind) {
    case "headers-then-silence":
      response.flushHeaders();
      return 0;
    case "truncate":
    case "stall": {
      const part = body.subarray(0, Math.floor(body.length * transport.fraction));
      await write(response, part);
      if (transport.kind === "truncate") {
        // Lets the part reach the client before the connection breaks.
        await pause(20);
        response.destroy();
      }
      return part.length;
    }
    case "drip":
      return drip(response, body, transport.bytesPerSecond);
    default:
      response.end(body);
      return body.length;
  }
}

async function sendStream(
  response: ServerResponse,
  reply: Reply,
  stream: AsyncIterable<Buffer>,
  transport: Transport,
): Promise<number> {
  response.writeHead(reply.status, reply.headers);
  response.flushHeaders();
  let bytes = 0;
  if (transport.kind === "headers-then-silence") {
    return bytes;
  }
  for await (const piece of stream) {
    if (response.destroyed) {
      return bytes;
    }
    await write(response, piece);
    bytes += piece.length;
    if (transport.kind === "stall") {
      return bytes;
    }
    if (transport.kind === "truncate") {
      await pause(20);
      response.destroy();
      return bytes;
    }
  }
  response.end();
  return bytes;
}

async function drip(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<number> {
  const step = Math.max(1, Math.round((bytesPerSecond * DRIP_INTERVAL_MS) / 1000));
  let sent = 0;
  while (sent < body.length && !response.destroyed) {
    const piece = body.subarray(sent, sent + step);
    await write(response, piece);
    sent += piece.length;
    await pause((piece.length / bytesPerSecond) * 1000);
  }
  response.end();
  return sent;
}

async function write(response: ServerResponse, piece: Buffer): Promise<void> {
  if (response.destroyed || response.write(piece)) {
    return;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once("drain", resolve);
  response.once("close", resolve);
  await promise;
  response.off("drain", resolve);
  response.off("close", resolve);
}
