import "server-only";
import type { env } from "@/env.mjs";
import { currentInvocation } from "@/host/bindings.workers";
import { createImagesWorkshop } from "./assets/images-workshop";
import { createR2Storage } from "./assets/r2-storage";
import { openS3Storage } from "./assets/s3-storage";
import type { Storage } from "./assets/storage";
import type { PictureWorkshop } from "./assets/workshop";
import { AppError } from "./errors";
import type { SendMail } from "./mail/mail";
import { createFetchTransport } from "./upstream/fetch-transport";
import type { HttpTransport } from "./upstream/transport";

/* As host.ts, for Workers. */

type Values = ReturnType<typeof env>;

/** Hyperdrive lends a connection for one statement: there is none to listen on. */
export const hasListen = false;

/** The runtime learns that nobody reads any more by writing in vain, at the second heartbeat. */
export const heartbeatMs = 5_000;

export function createTransport(): HttpTransport {
  return createFetchTransport();
}

export function createWorkshop(): PictureWorkshop | null {
  const { IMAGES } = currentInvocation().env;
  return IMAGES ? createImagesWorkshop(IMAGES) : null;
}

/** The bucket of STORAGE_URL when it names one, else the one that wrangler.toml binds. */
export function openStorage(values: Values): Storage {
  if (!values.STORAGE_URL.startsWith("file:")) {
    return openS3Storage(values);
  }
  const { PICTURES } = currentInvocation().env;
  if (!PICTURES) {
    throw new AppError("internal", "no R2 bucket is bound as PICTURES, and STORAGE_URL names none");
  }
  return createR2Storage(PICTURES);
}

/** There is no disk, and the client for SMTP speaks through sockets of Node's. */
export function openMail(): SendMail | null {
  return null;
}
