import type { IncomingMessage } from "node:http";

/** A request read whole, so that it can be answered more than once (retries, duplicates). */
export interface WireRequest {
  method: string;
  /** The path without the query, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Header names in lower case; repeated headers joined by a comma. */
  headers: ReadonlyMap<string, string>;
  body: Buffer;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
}

// Replicate takes files up to 100 MiB; everything else upstream is far smaller.
const BODY_BYTES_MAX = 101 * 1024 * 1024;

/** The request with its body; throws when the body is larger than any upstream takes. */
export async function readRequest(message: IncomingMessage, signal: AbortSignal): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    const piece: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += piece.length;
    if (bytes > BODY_BYTES_MAX) {
      throw new Error(`the body is larger than ${BODY_BYTES_MAX} bytes`);
    }
    chunks.push(piece);
  }
  const target = message.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: message.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    headers: headerMap(message),
    body: Buffer.concat(chunks),
    signal,
  };
}

function headerMap(message: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
  }
  return headers;
}

/** The token of a bearer header (Replicate's older `Token` prefix counts too), or undefined. */
export function bearerToken(value: string | undefined): string | undefined {
  const match = /^(?:bearer|token)\s+(\S+)\s*$/i.exec(value ?? "");
  return match?.[1];
}
