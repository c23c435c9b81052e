import "server-only";
import type { env } from "@/env.mjs";
import { createFileStorage } from "./assets/file-storage";
import { openS3Storage } from "./assets/s3-storage";
import { sharpWorkshop } from "./assets/sharp-workshop";
import type { Storage } from "./assets/storage";
import type { PictureWorkshop } from "./assets/workshop";
import { createFolderMail } from "./mail/folder-mail";
import type { SendMail } from "./mail/mail";
import { createSmtpMail } from "./mail/smtp-mail";
import type { HttpTransport } from "./upstream/transport";
import { createUndiciTransport } from "./upstream/undici-transport";

/*
 * What Node and Workers each do in their own way. The build for Workers takes host.workers.ts in this file's place
 * (next.config.ts), so what one of them imports is not in the other's bundle.
 */

type Values = ReturnType<typeof env>;

/** Whether PostgreSQL can wake this process by NOTIFY. */
export const hasListen = true;

/** How often a stream of events says that it is still there: proxies cut silent ones off. */
export const heartbeatMs = 15_000;

export function createTransport(): HttpTransport {
  return createUndiciTransport();
}

/** Null where pictures can only be served as they were delivered. */
export function createWorkshop(): PictureWorkshop | null {
  return sharpWorkshop;
}

/** Files or a bucket, as STORAGE_URL says. */
export function openStorage(values: Values): Storage {
  const { STORAGE_URL: url } = values;
  return url.startsWith("file:") ? createFileStorage(url.slice("file:".length)) : openS3Storage(values);
}

/** Through SMTP_URL's server, else into MAIL_FOLDER. Null where neither is set: then no mail is promised to anybody. */
export function openMail(values: Values): SendMail | null {
  const { SMTP_URL: address, MAIL_FOLDER: folder, NEXT_PUBLIC_SITE_URL: siteUrl } = values;
  const from = values.MAIL_FROM ?? `Sunprint <no-reply@${new URL(siteUrl).hostname}>`;
  if (address) {
    return createSmtpMail({ address, from });
  }
  return folder ? createFolderMail({ folder, from }) : null;
}
