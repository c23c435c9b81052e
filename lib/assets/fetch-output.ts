import "server-only";
import { createHash } from "node:crypto";
import { imageSize } from "image-size";
import { failpoint } from "@/failpoint";
import { isErrorNamed } from "@/lib/errors";
import type { Bulkhead } from "@/lib/upstream/bulkhead";
import { type HttpTransport, TransportError } from "@/lib/upstream/transport";

/** A megapixel PNG is about 1.5 MB; this leaves room for the largest models and none for a flood. */
const OUTPUT_BYTES_MAX = 20_000_000;
const FETCH_MS_MAX = 60_000;
const SIDE_PIXELS_MAX = 8_192;

export type FetchedOutput = {
  bytes: Uint8Array;
  contentType: "image/webp" | "image/jpeg" | "image/png";
  extension: "webp" | "jpg" | "png";
  /** SHA-256, hexadecimal. */
  contentHash: string;
  widthPixels: number;
  heightPixels: number;
};

/** `lost`: gone for good. `bad`: there, but no picture we accept. `transient`: worth another try. */
export class OutputError extends Error {
  readonly kind: "lost" | "bad" | "transient";

  constructor(kind: "lost" | "bad" | "transient", message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "OutputError";
    this.kind = kind;
  }

  /** By name: Next bundles instrumentation and routes apart, so one process has this class twice. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, "OutputError");
  }
}

/** Whether an output may be fetched from this address: https at a listed host, or a listed loopback host:port. */
export function isDeliveryAddress(address: string, deliveryHosts: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url === null || `${url.username}${url.password}` !== "") {
    return false;
  }
  if (url.protocol === "http:") {
    return deliveryHosts.includes(url.host) && /:\d+$/.test(url.host);
  }
  const isPlain = url.protocol === "https:" && url.port === "" && !url.hostname.startsWith(".");
  return (
    isPlain &&
    deliveryHosts.some((host) =>
      host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
    )
  );
}

export type OutputPorts = {
  send: HttpTransport;
  /** So many are fetched at a time; the others wait in line. */
  downloads: Bulkhead;
  deliveryHosts: readonly string[];
};

/**
 * Fetches one finished output, whole: a listed host, no redirect, bounded in size and time, as long as it said it is,
 * and by its own bytes a WebP, JPEG or PNG. Throws OutputError.
 */
export async function fetchOutput(
  { send, downloads, deliveryHosts }: OutputPorts,
  address: string,
): Promise<FetchedOutput> {
  if (!isDeliveryAddress(address, deliveryHosts)) {
    throw new OutputError("bad", "an output's address is not at a delivery host");
  }
  const bytes = await downloadInTurn(downloads, () => download(send, address));
  const picture = recognise(bytes);
  return { bytes, ...picture, contentHash: createHash("sha256").update(bytes).digest("hex") };
}

/** A wait that takes too long is like a download that does: to be tried again. */
async function downloadInTurn<T>(downloads: Bulkhead, work: () => Promise<T>): Promise<T> {
  let leave: () => void;
  try {
    leave = await downloads.enter(AbortSignal.timeout(FETCH_MS_MAX));
  } catch (cause) {
    throw new OutputError("transient", "too many outputs were being fetched", cause);
  }
  try {
    return await work();
  } finally {
    leave();
  }
}

async function download(send: HttpTransport, address: string): Promise<Uint8Array> {
  const abandon = new AbortController();
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(FETCH_MS_MAX), abandon.signal]);
    const response = await send({ method: "GET", url: address, headers: {}, signal });
    if (response.status === 404 || response.status === 410) {
      throw new OutputError("lost", `an output is gone (${response.status})`);
    }
    if (response.status >= 300 && response.status < 400) {
      throw new OutputError("bad", "an output redirects elsewhere");
    }
    if (response.status !== 200) {
      const isTransient = response.status >= 500 || response.status === 408 || response.status === 429;
      throw new OutputError(isTransient ? "transient" : "bad", `an output answered ${response.status}`);
    }
    return await readWhole(response);
  } catch (error) {
    if (error instanceof TransportError) {
      throw new OutputError("transient", `an output did not arrive: ${error.message}`, error);
    }
    throw error;
  } finally {
    // A body that was not read to its end would keep its connection until the deadline.
    abandon.abort();
  }
}

async function readWhole(response: Awaited<ReturnType<HttpTransport>>): Promise<Uint8Array> {
  const announced = Number(response.header("content-length") ?? Number.NaN);
  if (announced > OUTPUT_BYTES_MAX) {
    throw new OutputError("bad", "an output is too large");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > OUTPUT_BYTES_MAX) {
      throw new OutputError("bad", "an output is too large");
    }
    if (import.meta.failpoints && chunks.length === 0) await failpoint("fetch.flying");
    chunks.push(chunk);
  }
  if (Number.isFinite(announced) && announced !== size) {
    throw new OutputError("transient", "an output was cut short");
  }
  return Buffer.concat(chunks);
}

type Recognised = Omit<FetchedOutput, "bytes" | "contentHash">;

const TYPES = {
  webp: { contentType: "image/webp", extension: "webp" },
  jpg: { contentType: "image/jpeg", extension: "jpg" },
  png: { contentType: "image/png", extension: "png" },
} as const;

/** The type and size by the bytes themselves: the header of an answer is only a claim. Nothing is decoded here. */
function recognise(bytes: Uint8Array): Recognised {
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(bytes);
  } catch (cause) {
    throw new OutputError("bad", "an output is no picture", cause);
  }
  const { type, width, height } = size;
  if (type !== "webp" && type !== "jpg" && type !== "png") {
    throw new OutputError("bad", "an output is a picture of another type");
  }
  if (!endsWithPicture(bytes, type)) {
    throw new OutputError("bad", "an output goes on behind its picture");
  }
  if (width < 1 || height < 1 || width > SIDE_PIXELS_MAX || height > SIDE_PIXELS_MAX) {
    throw new OutputError("bad", "an output's size in pixels is out of bounds");
  }
  return { ...TYPES[type], widthPixels: width, heightPixels: height };
}

const LAST_BYTES = {
  jpg: Buffer.from("ffd9", "hex"),
  png: Buffer.from("0000000049454e44ae426082", "hex"),
};

/** Whether the picture is all there is: a page hidden behind one would be served with it. */
function endsWithPicture(bytes: Uint8Array, type: keyof typeof TYPES): boolean {
  if (type === "webp") {
    // The container says how long it is, padded to even.
    const length = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32LE(4) + 8;
    return bytes.byteLength === length + (length % 2);
  }
  const last = LAST_BYTES[type];
  return last.equals(bytes.subarray(-last.byteLength));
}
