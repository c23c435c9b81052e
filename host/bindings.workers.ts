import "server-only";
import { getCloudflareContext } from "@opennextjs/cloudflare";

/** The part of an R2 bucket that is used. https://developers.cloudflare.com/r2/api/workers/workers-api-reference/ */
export type PictureBucket = {
  put(key: string, value: Uint8Array, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
  get(key: string): Promise<{ body: ReadableStream<Uint8Array>; size: number } | null>;
  head(key: string): Promise<{ size: number } | null>;
  list(options: {
    prefix: string;
    limit: number;
    startAfter?: string;
  }): Promise<{ objects: { key: string; uploaded: Date }[]; truncated: boolean }>;
  delete(key: string): Promise<void>;
};

export type ImageTransform = {
  width: number;
  height?: number;
  fit: "scale-down" | "pad";
  background?: string;
};
export type ImageOutput = { format: "image/webp" | "image/jpeg"; quality: number };

type TransformedImage = {
  transform(options: ImageTransform): TransformedImage;
  output(options: ImageOutput): Promise<{ response(): Response }>;
};

/** The part of the Images binding that is used. https://developers.cloudflare.com/images/transform-images/bindings/ */
export type ImageWorkshop = { input(bytes: ReadableStream<Uint8Array>): TransformedImage };

/** What wrangler.toml binds; values that are text are read through env.mjs like on any host. */
export type Bindings = {
  PICTURES?: PictureBucket;
  IMAGES?: ImageWorkshop;
};

/** The request's own. */
export type Invocation = {
  env: Bindings;
  ctx: { waitUntil(work: Promise<unknown>): void };
};

/** The request that this code runs for. Throws outside of one. */
export function currentInvocation(): Invocation {
  const invocation: Invocation = getCloudflareContext();
  return invocation;
}
