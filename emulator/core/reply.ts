import type { JsonValue } from "./json.ts";

/** How the bytes of a reply travel: whole, or broken in one particular way. */
export type Transport =
  | { kind: "whole" }
  | { kind: "reset" }
  | { kind: "silence" }
  | { kind: "headers-then-silence" }
  | { kind: "truncate"; fraction: number }
  | { kind: "stall"; fraction: number }
  | { kind: "drip"; bytesPerSecond: number };

/** One answer as data, so that caches, retries and faults can hold it, repeat it and spoil it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Pieces sent one after the other instead of `body`; used by streamed answers. */
  stream?: AsyncIterable<Buffer>;
  transport?: Transport;
}

/** A JSON answer. */
export function jsonReply(status: number, value: JsonValue, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** An answer in plain text, or in the given type. */
export function textReply(status: number, text: string, type = "text/plain; charset=utf-8"): Reply {
  return { status, headers: { "content-type": type }, body: Buffer.from(text) };
}

/** An HTML page, as an edge or a load balancer answers when the service behind it does not. */
export function htmlReply(status: number, title: string, detail: string): Reply {
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center><hr><p>${detail}</p></body></html>\n`;
  return textReply(status, page, "text/html; charset=UTF-8");
}

/** An answer without a body. */
export function emptyReply(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: Buffer.alloc(0) };
}
