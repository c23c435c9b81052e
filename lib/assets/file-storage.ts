import "server-only";
import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, mkdir, open, rename, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { failpoint } from "@/failpoint";
import { invariant } from "@/lib/invariant";
import { isMissing, listFolder } from "./list-folder";
import type { Storage } from "./storage";

const CHUNK_BYTES = 65_536;
const SAFE_KEY = /^[a-z0-9_-]+(\/[a-z0-9_.-]+)+$/;

async function statIfThere(file: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

function streamFile(file: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { bytesRead, buffer } = await file.read({ buffer: new Uint8Array(CHUNK_BYTES) });
      if (bytesRead === 0) {
        await file.close();
        controller.close();
      } else {
        controller.enqueue(buffer.subarray(0, bytesRead));
      }
    },
    cancel: () => file.close(),
  });
}

/** Pictures as files below `folder`, which is made when first written to. */
export function createFileStorage(folder: string): Storage {
  const root = path.resolve(folder);

  function locate(key: string): string {
    invariant(SAFE_KEY.test(key) && !key.includes(".."), "a storage key is a plain path", { key });
    return path.join(root, key);
  }

  return {
    async put(key, bytes) {
      const target = locate(key);
      const draft = `${target}.${randomUUID()}.part`;
      await mkdir(path.dirname(target), { recursive: true });
      // Written aside, flushed, then renamed: a crash leaves the old file or the new one, never half of one.
      try {
        const file = await open(draft, "wx");
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        if (import.meta.failpoints) await failpoint("put.flying");
        await rename(draft, target);
      } catch (error) {
        // Each try has a draft of its own: left behind, they would fill the very disk that was full.
        await rm(draft, { force: true });
        throw error;
      }
    },

    async get(key) {
      try {
        const file = await open(locate(key), "r");
        const { size } = await file.stat();
        return { body: streamFile(file), sizeBytes: size };
      } catch (error) {
        if (isMissing(error)) {
          return null;
        }
        throw error;
      }
    },

    async sizeOf(key) {
      const stored = await statIfThere(locate(key));
      return stored?.size ?? null;
    },

    async list({ folder, after, limit }) {
      const { keys, next } = await listFolder(root, folder, { after, limit });
      const stored = await Promise.all(
        keys.map(async (key) => ({ key, stat: await statIfThere(path.join(root, key)) })),
      );
      // What was removed since its folder was read is not there.
      const objects = stored.flatMap(({ key, stat }) => (stat ? [{ key, writtenAt: stat.mtime }] : []));
      return { objects, next };
    },

    async remove(key) {
      const target = locate(key);
      await rm(target, { force: true });
      // The last picture's folder goes along. A write that finds its folder gone fails, and is made again by whoever wants it.
      await rmdir(path.dirname(target)).catch(() => {});
    },

    async check() {
      await mkdir(root, { recursive: true });
      await access(root, constants.W_OK);
    },
  };
}
