import "server-only";
import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { log } from "@/lib/logger";
import type { Mail, SendMail } from "./mail";

/**
 * Letters as files of `folder`, which any mail program opens and anybody can read: where nothing is sent, this is how one sees
 * them. Only their owner may, as a letter can hold the key to an account.
 */
export function createFolderMail({ folder, from }: { folder: string; from: string }): SendMail {
  const root = path.resolve(folder);
  return async (mail) => {
    const at = new Date();
    const name = `${at.toISOString().replace(/[:.]/g, "-")}-${randomUUID().slice(0, 8)}`;
    const file = path.join(root, `${name}.eml`);
    await mkdir(root, { recursive: true, mode: 0o700 });
    // Renamed when it is whole, as somebody may be waiting for it.
    const draft = path.join(root, `${name}.part`);
    await writeFile(draft, toMessage({ ...mail, from, at }), { mode: 0o600 });
    await rename(draft, file);
    log().info({ file }, "mail.written");
  };
}

/** As it goes over the wire (RFC 5322, 2046), in plain UTF-8 so that it can be read without a program. */
function toMessage({ from, to, subject, text, html, at }: Mail & { from: string; at: Date }): string {
  const boundary = `sunprint-${randomUUID()}`;
  const part = (type: string, body: string) => [
    `--${boundary}`,
    `Content-Type: text/${type}; charset=utf-8`,
    "Content-Transfer-Encoding: 8bit",
    "",
    body,
    "",
  ];
  const header = (name: string, value: string) => `${name}: ${value.replace(/[\r\n]+/g, " ")}`;
  return [
    header("From", from),
    header("To", to),
    header("Subject", subject),
    header("Date", at.toUTCString()),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    "",
    ...part("plain", text),
    ...part("html", html),
    `--${boundary}--`,
    "",
  ].join("\n");
}
