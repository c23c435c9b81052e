import "server-only";
import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { AppError } from "@/lib/errors";
import { readListing } from "./s3-listing";
import type { Storage } from "./storage";

export type S3Options = {
  /** `s3://bucket?endpoint=https://…&region=auto`. */
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** The bucket that the environment names. Throws AppError when it has no keys for it. */
export function openS3Storage(values: {
  STORAGE_URL: string;
  STORAGE_ACCESS_KEY_ID?: string | undefined;
  STORAGE_SECRET_ACCESS_KEY?: string | undefined;
}): Storage {
  const { STORAGE_ACCESS_KEY_ID: accessKeyId, STORAGE_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if (!accessKeyId || !secretAccessKey) {
    throw new AppError("internal", "STORAGE_ACCESS_KEY_ID or STORAGE_SECRET_ACCESS_KEY is missing");
  }
  return createS3Storage({ url: values.STORAGE_URL, accessKeyId, secretAccessKey });
}

/** Storing the same bytes under the same key again is harmless, so a lost answer is asked for again. */
const RETRIES = 2;
const OPERATION_MS_MAX = 30_000;
/** The sweeper looks between things that are more urgent; it comes again. */
const LOOK_MS_MAX = 5_000;
/** Any key: whether it is there does not matter to whoever asks if the bucket answers. */
const PROBE_KEY = "health/probe";

/**
 * Pictures in a bucket that speaks S3 (R2, S3, MinIO), addressed by path. The key pair needs the rights to get, put,
 * delete and list: without the last one a bucket answers 403 for what is not there.
 */
export function createS3Storage({ url, accessKeyId, secretAccessKey }: S3Options): Storage {
  const { hostname: bucket, searchParams } = new URL(url);
  const region = searchParams.get("region") ?? "auto";
  const base = `${(searchParams.get("endpoint") ?? "").replace(/\/+$/, "")}/${bucket}`;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: RETRIES });

  async function ask(
    method: string,
    key: string,
    { msMax = OPERATION_MS_MAX, ...init }: RequestInit & { msMax?: number } = {},
  ): Promise<Response> {
    const response = await client.fetch(`${base}/${key}`, {
      ...init,
      method,
      cache: "no-store",
      signal: AbortSignal.timeout(msMax),
    });
    if (response.ok || response.status === 404) {
      return response;
    }
    await response.body?.cancel();
    throw new Error(`the storage answered ${response.status} to ${method}`);
  }

  return {
    async put(key, bytes, contentType) {
      const headers = {
        "content-type": contentType,
        // Signed, so that bytes which were spoilt on the way are refused.
        "x-amz-content-sha256": createHash("sha256").update(bytes).digest("hex"),
      };
      const response = await ask("PUT", key, { headers, body: Buffer.from(bytes) });
      if (!response.ok) {
        throw new Error("the storage has no such bucket");
      }
      await response.body?.cancel();
    },

    async get(key) {
      const response = await ask("GET", key);
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        return null;
      }
      return { body: response.body, sizeBytes: Number(response.headers.get("content-length")) };
    },

    async sizeOf(key) {
      const response = await ask("HEAD", key, { msMax: LOOK_MS_MAX });
      await response.body?.cancel();
      return response.ok ? Number(response.headers.get("content-length")) : null;
    },

    async list({ folder, after, limit }) {
      const query = new URLSearchParams({ "list-type": "2", prefix: folder, "max-keys": String(limit) });
      if (after !== "") {
        query.set("start-after", after);
      }
      const response = await ask("GET", `?${query}`, { msMax: LOOK_MS_MAX });
      const page = await response.text();
      if (!response.ok) {
        throw new Error("the storage has no such bucket");
      }
      return readListing(page);
    },

    async remove(key) {
      const response = await ask("DELETE", key);
      await response.body?.cancel();
    },

    async check() {
      const response = await ask("HEAD", PROBE_KEY);
      await response.body?.cancel();
    },
  };
}
