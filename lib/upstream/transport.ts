import "server-only";
import { isErrorNamed } from "@/lib/errors";

/** One request to an upstream, whole. */
export type HttpRequest = {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** Ends the request and the reading of its answer. */
  signal: AbortSignal;
};

export type HttpResponse = {
  status: number;
  header(name: string): string | undefined;
  /** The body as it arrives. Must be read to the end or abandoned by aborting the signal. */
  body: AsyncIterable<Uint8Array>;
};

/** Sends one request once: no retries, no redirects. Throws TransportError. */
export type HttpTransport = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * The request got no answer. `wasSent` is false only when it is certain that no byte of it left: the name did not
 * resolve, the connection was refused, TLS failed. Everything else may have been acted on.
 */
export class TransportError extends Error {
  readonly wasSent: boolean;
  readonly isTimeout: boolean;

  constructor(message: string, options: { wasSent: boolean; isTimeout?: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "TransportError";
    this.wasSent = options.wasSent;
    this.isTimeout = options.isTimeout ?? false;
  }

  /** By name: Next bundles instrumentation and routes apart, so one process has this class twice. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, "TransportError");
  }
}

const UTF8 = new TextDecoder();

/** Reads a body to its end, as text. Past `bytesMax` it stops and throws, so that a hostile body cannot fill memory. */
export async function readText(response: HttpResponse, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > bytesMax) {
      throw new TransportError(`the answer is larger than ${bytesMax} bytes`, { wasSent: true });
    }
    chunks.push(chunk);
  }
  // Decoded once: most answers are one chunk, and a decoder per answer costs as much as reading it.
  const [only] = chunks;
  return UTF8.decode(chunks.length === 1 ? only : join(chunks, size));
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
