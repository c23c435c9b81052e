import "server-only";
import type { PictureBucket } from "@/host/bindings.workers";
import type { Storage } from "./storage";

/** Any key: whether it is there does not matter to whoever asks if the bucket answers. */
const PROBE_KEY = "health/probe";

/** Pictures in an R2 bucket that is bound to the Worker. */
export function createR2Storage(bucket: PictureBucket): Storage {
  return {
    async put(key, bytes, contentType) {
      await bucket.put(key, bytes, { httpMetadata: { contentType } });
    },
    async get(key) {
      const stored = await bucket.get(key);
      return stored && { body: stored.body, sizeBytes: stored.size };
    },
    async sizeOf(key) {
      const stored = await bucket.head(key);
      return stored?.size ?? null;
    },
    async list({ folder, after, limit }) {
      const page = await bucket.list({
        prefix: folder,
        limit,
        ...(after === "" ? {} : { startAfter: after }),
      });
      const objects = page.objects.map(({ key, uploaded }) => ({ key, writtenAt: uploaded }));
      return { objects, next: page.truncated ? (objects.at(-1)?.key ?? null) : null };
    },
    async remove(key) {
      await bucket.delete(key);
    },
    async check() {
      await bucket.head(PROBE_KEY);
    },
  };
}
